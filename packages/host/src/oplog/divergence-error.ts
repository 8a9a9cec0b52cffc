import type { OplogEntry } from "./entry.ts";
import { firstDifference, type ValueDifference } from "./first-difference.ts";
import type { Oplog } from "./oplog.ts";
import { readableValue } from "./readable-value.ts";

const CONTEXT = 3;

/** Characters of a value, and of the part of it that differs, in a message. */
const LONGEST_VALUE = 500;
const LONGEST_PART = 200;

/** What the component does in the place of what is recorded. */
export interface Attempt {
  /** `a call of golem keyvalue::eventual::set` */
  readonly summary: string;
  /** Of a call or of the end of an invocation. */
  readonly function?: string;
  readonly request?: unknown;
  /** Of the end of an invocation. */
  readonly result?: { readonly value: unknown };
}

/**
 * On replay the component did something else than its oplog records: it is another program, or it depends on
 * something that is not journalled. The message names the index, both calls with their values, and the entries around.
 */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError" as const;
  readonly index: number;
  readonly expected: string;
  readonly found: string;
  readonly attempt: Attempt;
  readonly recorded: OplogEntry;
  /** Where the results of an invocation differ, if that is all. */
  readonly difference: ValueDifference | undefined;

  constructor(oplog: Oplog, index: number, attempt: Attempt, found: OplogEntry) {
    const foundText = summary(found);
    const difference =
      attempt.result !== undefined && found.type === "ExportedFunctionCompleted"
        ? firstDifference(found.response, attempt.result.value)
        : undefined;
    super(
      [
        `Replay diverged at oplog index ${index}: the component does ${attempt.summary}, but the oplog has ${foundText}.`,
        ...(difference === undefined ? [] : [differenceText(difference)]),
        ...valueLines("recorded", valuesOf(found)),
        ...valueLines("now", { request: attempt.request, response: attempt.result?.value }),
        surroundings(oplog, index),
      ].join("\n"),
    );
    this.index = index;
    this.expected = attempt.summary;
    this.found = foundText;
    this.attempt = attempt;
    this.recorded = found;
    this.difference = difference;
  }
}

function differenceText({ where, recorded, now }: ValueDifference): string {
  const [before, after] = [recorded, now].map((value) => readableValue(value, LONGEST_PART));
  return `${where === "" ? "" : `At ${where} `}it returns ${after}, where ${before} is recorded.`;
}

/** What an entry says beside its function. */
export function valuesOf(entry: OplogEntry): { readonly request?: unknown; readonly response?: unknown } {
  switch (entry.type) {
    case "ImportedFunctionInvoked":
      return { request: entry.request, response: entry.response };
    case "ExportedFunctionInvoked":
      return { request: entry.request };
    case "ExportedFunctionCompleted":
      return { response: entry.response };
    default:
      return {};
  }
}

function valueLines(what: string, values: ReturnType<typeof valuesOf>): string[] {
  return (["request", "response"] as const).flatMap((name) =>
    values[name] === undefined ? [] : [`  ${what} ${name}: ${readableValue(values[name], LONGEST_VALUE)}`],
  );
}

/** The entries around one, a line each. */
export function surroundings(oplog: Oplog, index: number): string {
  const lines: string[] = [];
  for (const [at, entry] of oplog.entries(Math.max(1, index - CONTEXT))) {
    if (at > index + CONTEXT) break;
    lines.push(`${at === index ? ">" : " "} ${at} ${summary(entry)}`);
  }
  return lines.join("\n");
}

/** One line about an entry, without its values. */
export function summary(entry: OplogEntry): string {
  switch (entry.type) {
    case "ImportedFunctionInvoked":
    case "ExportedFunctionInvoked":
      return `${entry.type} ${entry.functionName}`;
    case "Log":
      return `Log ${entry.level}`;
    case "EndAtomicRegion":
    case "EndRemoteWrite":
      return `${entry.type} of ${entry.beginIndex}`;
    default:
      return entry.type;
  }
}
