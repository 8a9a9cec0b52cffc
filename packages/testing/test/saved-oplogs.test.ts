import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseOplogFile, type PublicOplogEntry, writeOplogFile } from "@golem-kit/host";
import { describe, expect, onTestFinished } from "vitest";
import { test } from "../src/index.ts";

/** Of each component, recorded over REST; `oplogs/README.md` says how. */
const SAVED = [
  ["shop:cart", "cart"],
  ["shop:catalog", "catalog"],
  ["shop:orders", "orders"],
  ["shop:receipts", "receipts"],
  ["kit:tour", "tour"],
] as const;

const pathOf = (name: string): string => join(import.meta.dirname, "oplogs", `${name}.oplog.jsonl`);

/** Names that are of WIT, of the environment or of traces are the same in every version of Golem. */
const OF_OTHERS: ReadonlySet<string> = new Set(["value", "typ", "env", "attributes", "workerId", "parent"]);

function snakeCased(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(snakeCased);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      OF_OTHERS.has(name) ? value : snakeCased(value),
    ]),
  );
}

/** What golem-cli 1.2.0 calls a function. */
function signed(entry: PublicOplogEntry): PublicOplogEntry {
  if (entry.type !== "ExportedFunctionInvoked") return entry;
  return { ...entry, functionName: `${String(entry["functionName"])}(any: string) -> string` };
}

describe.for(SAVED)("a saved oplog of %s", ([component, name]) => {
  test("replays as the worker that it was of, whatever answers with its name", async ({
    component: componentOf,
  }) => {
    await expect(pathOf(name)).toReplayOn(componentOf(component));
  });

  test("replays in the words of Golem 1.2.0, signatures included", async ({ component: componentOf }) => {
    const directory = await mkdtemp(join(tmpdir(), "golem-kit-oplog-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const oplog = parseOplogFile(await readFile(pathOf(name), "utf8"));
    const entries = oplog.entries.map(({ oplogIndex, entry }) => ({
      oplogIndex,
      entry: snakeCased(signed(entry)) as PublicOplogEntry,
    }));
    const path = join(directory, "old.oplog.jsonl");
    await writeOplogFile(path, { ...oplog, entries });

    await expect(path).toReplayOn(componentOf(component));
  });
});
