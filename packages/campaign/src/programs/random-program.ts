import fc from "fast-check";
import type { Step } from "../program-server.ts";

/** Stands for a name that belongs to one run of a program alone. */
const OWN = "@";

const key = fc.constantFrom("a", "b", "c");
const text = fc.stringMatching(/^[a-z ]{0,9}$/);
const bucket = fc.constant(`${OWN}-bucket`);
const container = fc.constant(`${OWN}-container`);
const file = fc.constantFrom("f", "g", "d/f");
const number = fc.integer({ min: -9, max: 99 });

/** Workers that a program calls. */
export const CALLEES: readonly string[] = [`${OWN}-callee-1`, `${OWN}-callee-2`];
const callee = fc.constantFrom(...CALLEES);

function step(name: string, ...args: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<Step> {
  return fc.tuple(fc.constant(name), ...args);
}

/** Steps that come out the same when they are done again, as those of an atomic region are that was cut short. */
const repeatable = [
  step("add", number),
  step("note", text),
  step("log", text),
  step("sleep", fc.integer({ min: 0, max: 3 })),
  step("kv.set", bucket, key, text),
  step("kv.delete", bucket, key),
  step("kv.set-many", bucket, fc.array(fc.tuple(key, text), { maxLength: 3 })),
  step("fs.write", file, text),
  step("fs.append", file, text),
  step("fs.read", file),
  step("fs.mkdir", fc.constant("d")),
  step("fs.list", fc.constant(".")),
];

/** Steps whose results depend on nothing but the steps before them. */
const certain = fc.oneof(
  ...repeatable,
  step("kv.get", bucket, key),
  step("kv.append", bucket, key, text),
  step("kv.keys", bucket),
  step("kv.get-many", bucket, fc.array(key, { maxLength: 3 })),
  step("blob.write", container, key, text),
  step("blob.has", container, key),
  step("blob.list", container),
  step("blob.copy", container, key, key),
  step("blob.delete", container, key),
  step("promise.complete", key, text),
  step("promise.poll", key),
);

/** Steps that answer something else each time, or wherever the oplog stands. */
const chance = fc.oneof(step("random"), step("now"), step("key"), step("promise.create", key));

const CHANCE: ReadonlySet<string> = new Set(["random", "now", "key", "promise.create"]);

const sums = fc.array(step("add", number), { maxLength: 2 });

const calls = fc.oneof(
  step("rpc.blocking", callee, fc.array(certain, { maxLength: 3 })),
  step("rpc.invoke", callee, sums),
  step("rpc.all", fc.tuple(...CALLEES.map((name) => fc.tuple(fc.constant(name), sums)))),
);

const any = fc.oneof(
  { weight: 6, arbitrary: certain },
  { weight: 1, arbitrary: chance },
  { weight: 2, arbitrary: calls },
  { weight: 1, arbitrary: step("region", fc.array(fc.oneof(...repeatable), { maxLength: 4 })) },
);

/** What a worker remembers and has stored. */
export const INVENTORY: readonly Step[] = [
  ["noted"],
  ["add", 0],
  ["kv.keys", `${OWN}-bucket`],
  ["fs.list", "."],
];

/** A program of up to so many steps, and what is left of them. */
export function randomProgram(maxLength: number): fc.Arbitrary<readonly Step[]> {
  return fc.array(any, { minLength: 1, maxLength }).map((steps) => steps.concat(INVENTORY));
}

/** The steps for one run, which shares no names with others. */
export function forRun<T>(steps: T, run: string): T {
  return JSON.parse(JSON.stringify(steps).replaceAll(`"${OWN}-`, `"${run}-`)) as T;
}

/** The results of one run, comparable with those of another: without what is left to chance, and without its names. */
export function comparable(program: readonly Step[], results: readonly unknown[], run: string): unknown {
  const kept = results.map((result, at) => (CHANCE.has(program[at]?.[0] ?? "") ? "chance" : result));
  return JSON.parse(JSON.stringify(kept).replaceAll(`${run}-`, `${OWN}-`)) as unknown;
}
