import type { Step } from "../program-server.ts";

/** A worker that has something to lose. */
export interface Witness {
  readonly name: string;
  /** What it does before anything is damaged. */
  readonly doing: readonly Step[];
  /** What it is asked before and after; the answers have to be the same. */
  readonly asking: readonly Step[];
}

const MEMORY: readonly Step[] = [["noted"], ["add", 0]];

/** Six workers, each of which has stored something in another place. */
export const witnesses: readonly Witness[] = [
  {
    name: "memory",
    doing: [
      ["note", "m"],
      ["add", 7],
    ],
    asking: MEMORY,
  },
  { name: "files", doing: [["fs.append", "f", "a line"]], asking: [["fs.read", "f"], ...MEMORY] },
  {
    name: "key-value",
    doing: [
      [
        "kv.set-many",
        "damage",
        [
          ["a", "1"],
          ["b", "2"],
        ],
      ],
    ],
    asking: [
      ["kv.get-many", "damage", ["a", "b"]],
      ["kv.keys", "damage"],
    ],
  },
  {
    name: "blobs",
    doing: [
      ["blob.write-many", "damage", "large", "a text|", 30_000],
      ["blob.write", "damage", "small", "x"],
    ],
    asking: [
      ["blob.read", "damage", "large", 0, 6],
      ["blob.read", "damage", "large", 150_000, 150_006],
      ["blob.read-all", "damage", "small"],
    ],
  },
  {
    name: "promises",
    doing: [
      ["promise.create", "p"],
      ["promise.complete", "p", "done"],
    ],
    asking: [
      ["promise.await", "p"],
      ["promise.poll", "p"],
    ],
  },
  {
    name: "caller",
    doing: [["rpc.blocking", "callee", [["note", "called"]]]],
    asking: [["rpc.blocking", "callee", [["noted"]]], ...MEMORY],
  },
];
