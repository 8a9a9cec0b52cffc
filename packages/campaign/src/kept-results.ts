import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Length } from "./length.ts";
import type { Measurement } from "./measurement.ts";
import { type Part, parts } from "./part.ts";
import type { PartResult } from "./run-part.ts";

/** A result, and when it was had. */
export interface KeptResult extends PartResult {
  /** The day, as in `2026-01-31`. */
  readonly date: string;
  readonly length: Length;
}

/** Beside the source, so that a part may be tried anywhere, and the page tells of the others too. */
const FOLDER = join(import.meta.dirname, "..", "results");

/** Keeps what came of a part, in place of what came of it before at this length. */
export async function keepResult(result: PartResult, length: Length): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const { part, figures, ...rest } = result;
  const text = JSON.stringify({ ...rest, figures: Object.fromEntries(figures), date }, null, 2);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(fileOf(part, length), `${text}\n`);
}

/** What came last of each part at full length, or else at the short one; of those that were not tried nothing. */
export async function keptResults(): Promise<KeptResult[]> {
  const results = await Promise.all(
    parts.map(async (part) => (await keptResult(part, "full")) ?? (await keptResult(part, "short"))),
  );
  return results.filter((result) => result !== undefined);
}

async function keptResult(part: Part, length: Length): Promise<KeptResult | undefined> {
  const text = await readFile(fileOf(part, length), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as Omit<KeptResult, "part" | "figures" | "measurements" | "length"> & {
    readonly figures: Readonly<Record<string, number>>;
    readonly measurements?: readonly Measurement[];
  };
  const { figures, measurements = [] } = kept;
  return { ...kept, part, length, figures: new Map(Object.entries(figures)), measurements };
}

function fileOf(part: Part, length: Length): string {
  return join(FOLDER, `${part.name}-${length}.json`);
}
