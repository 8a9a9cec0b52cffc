import type { PublicOplogEntry, PublicOplogEntries } from "../ground/api/public-oplog.ts";
import { parseJson, stringifyJson, type JsonTree } from "@golem-kit/wit";

const FORMAT = "golem-kit-oplog";
const VERSION = 1;

/** What an oplog file says about its oplog. */
export interface OplogFileHeader {
  /** The component's name, e.g. `shop:orders`. */
  readonly component: string;
  readonly componentVersion: number;
  /** The worker's name. */
  readonly worker: string;
}

export interface OplogFile extends OplogFileHeader {
  readonly entries: PublicOplogEntries;
}

/** A text that is no oplog file of this version. */
export class OplogFileError extends Error {
  override readonly name = "OplogFileError" as const;
}

/**
 * An oplog as a text to be kept: JSON lines. The first is `{"format":"golem-kit-oplog","version":1,…}` with the component's
 * name and version and the worker's name, each other one an entry as Golem's REST interface shows it, with its `index`.
 */
export function printOplogFile({ entries, ...header }: OplogFile): string {
  const lines = [
    { format: FORMAT, version: VERSION, ...header },
    ...entries.map(({ oplogIndex, entry }) => ({ index: oplogIndex, ...entry })),
  ];
  return lines.map((line) => `${stringifyJson(line as unknown as JsonTree)}\n`).join("");
}

/** @throws OplogFileError */
export function parseOplogFile(text: string): OplogFile {
  const [first = "", ...lines] = text.trimEnd().split("\n");
  if (first === "") throw new OplogFileError("The oplog file is empty");
  const { format, version, component, componentVersion, worker } = objectOf(first, 1);
  if (format !== FORMAT)
    throw new OplogFileError(`This is no oplog file: its first line does not say "format":"${FORMAT}"`);
  if (Number(version) !== VERSION) {
    throw new OplogFileError(
      `The oplog file is of version ${String(version)}, this can read version ${VERSION}. What to do: record it anew`,
    );
  }
  const entries = lines.map((line, at) => {
    const { index, ...entry } = objectOf(line, at + 2);
    if (Number(index) !== at + 1)
      throw new OplogFileError(
        `Line ${at + 2} of the oplog file has the index ${String(index)}, not ${at + 1}`,
      );
    return { oplogIndex: at + 1, entry: entry as unknown as PublicOplogEntry };
  });
  return {
    component: String(component),
    componentVersion: Number(componentVersion),
    worker: String(worker),
    entries,
  };
}

function objectOf(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const json = parseJson(line);
    if (typeof json === "object" && json !== null && !Array.isArray(json))
      return json as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw new OplogFileError(`Line ${number} of the oplog file is no JSON object: ${line.slice(0, 80)}`);
}
