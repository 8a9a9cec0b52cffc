import type { ReplayDifference, ReplayStep } from "../ground/api/moves.ts";
import type { Journal } from "../journal/journal.ts";
import { type Attempt, DivergenceError, summary, surroundings, valuesOf } from "../oplog/divergence-error.ts";
import type { OplogEntry } from "../oplog/entry.ts";
import { readableValue } from "../oplog/readable-value.ts";
import { Signal } from "../journal/signals.ts";
import { trapText } from "./instance/trap-text.ts";

/** Characters of a value, of the begin of a trap's text, and of a message. */
const LONGEST_VALUE = 2_000;
const LONGEST_TRAP = 500;
const LONGEST_MESSAGE = 4_000;

/**
 * What an instance did instead of what is recorded, if that is why it is lost.
 *
 * @param stderr what the guest wrote to its standard error in the invocation
 */
export function replayDifference(
  journal: Journal,
  error: unknown,
  stderr: string,
): ReplayDifference | undefined {
  if (error instanceof DivergenceError) {
    const { index, recorded, attempt, difference, message } = error;
    return {
      ...placeOf(journal, index),
      message: bounded(stderr === "" ? message : `${message}\n\n${stderr}`),
      recorded: recordedStep(recorded),
      attempted: attemptedStep(attempt),
      ...(difference !== undefined && { where: difference.where }),
      ...stackOf(error, stderr),
    };
  }
  const next = journal.cursor.peek();
  if (next === undefined) return undefined;
  const [index, recorded] = next;
  const text = error instanceof Signal ? `It is stopped: ${endText(error, stderr)}` : trapText(error, stderr);
  const where = `The replay had come to oplog index ${index}, where the oplog has ${summary(recorded)}.`;
  return {
    ...placeOf(journal, index),
    message: `${bounded(text)}\n\n${where}\n${surroundings(journal.oplog, index)}`,
    recorded: recordedStep(recorded),
    attempted: { summary: endText(error, stderr) },
    ...stackOf(error, stderr),
  };
}

function placeOf(
  journal: Journal,
  index: number,
): Pick<ReplayDifference, "index" | "lastFitting" | "invocation"> {
  const invocation = invocationAt(journal, index);
  return { index, lastFitting: index - 1, ...(invocation !== undefined && { invocation }) };
}

/** The invocation that an entry belongs to. */
function invocationAt({ oplog, start }: Journal, index: number): ReplayDifference["invocation"] {
  let found: ReplayDifference["invocation"];
  for (const [at, entry] of oplog.entries(start)) {
    if (at > index) break;
    if (entry.type === "ExportedFunctionInvoked")
      found = { function: entry.functionName, idempotencyKey: entry.idempotencyKey };
  }
  return found;
}

function recordedStep(entry: OplogEntry): ReplayStep {
  const name = "functionName" in entry ? { function: entry.functionName } : {};
  return { summary: summary(entry), ...name, ...texts(valuesOf(entry)) };
}

function attemptedStep({ summary: text, function: name, request, result }: Attempt): ReplayStep {
  return {
    summary: text,
    ...(name !== undefined && { function: name }),
    ...texts({ request, response: result?.value }),
  };
}

function texts({ request, response }: ReturnType<typeof valuesOf>): Pick<ReplayStep, "request" | "response"> {
  return {
    ...(request !== undefined && { request: readableValue(request, LONGEST_VALUE) }),
    ...(response !== undefined && { response: readableValue(response, LONGEST_VALUE) }),
  };
}

function stackOf(error: unknown, stderr: string): Pick<ReplayDifference, "stack"> {
  const frames =
    error instanceof Error ? error.stack?.split("\n").filter((line) => line.includes("wasm")) : [];
  const stack = [...(stderr === "" ? [] : [stderr]), ...(frames ?? []).map((line) => line.trim())].join("\n");
  return stack === "" ? {} : { stack: bounded(stack) };
}

/** An engine says on standard error what it is that was thrown, the host's own error only that it ended. */
function endText(error: unknown, stderr: string): string {
  if (error instanceof Signal) {
    const { reason } = error;
    if (reason.type === "stuck") return `what computes or waits: ${reason.details}`;
    return reason.type === "exit"
      ? "what ends the worker: exit"
      : "what waits, though nothing of that is recorded";
  }
  if (error instanceof Signal && error.reason.type === "suspend")
    return "it waits, and nothing is recorded of that";
  const text = stderr.trim() || (error instanceof Error ? error.message : String(error));
  return `what fails: ${text.length <= LONGEST_TRAP ? text : `${text.slice(0, LONGEST_TRAP)}…`}`;
}

function bounded(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE)}…`;
}
