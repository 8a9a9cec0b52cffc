import { expect, test } from "vitest";
import { freeArguments } from "../src/componentize/free-arguments.ts";

/** As componentize-js generates them, cut to what matters. */
const bindings = `let [$memory, $realloc, $dealloc, $import_log] = $bindings;
function log(arg0) {
  var encodeRes = encode(arg0);
  var ptr1 = $realloc(0, 0, 1, encodeRes.length);
  $import_log(ptr1, encodeRes.length);
}
async function export_api$get(arg0) {
  var ptr2 = $realloc(0, 0, 1, 4);
  return ptr2;
}
`;

interface Memory {
  readonly freed: unknown[][];
  readonly log: (text: string) => void;
  readonly get: () => Promise<number>;
}

/** The mended bindings over a memory that gives the addresses 100, 200 and so on. */
function load(fail: boolean): Memory {
  const freed: unknown[][] = [];
  let allocated = 0;
  const $bindings = [
    {},
    () => (allocated += 100),
    (...block: unknown[]) => freed.push(block),
    () => {
      if (fail) throw new Error("trap");
    },
  ];
  const program = `const encode = (text) => text;\n${freeArguments(bindings)}\nreturn [log, export_api$get];`;
  // oxlint-disable-next-line no-implied-eval -- what is generated is a program
  const [log, get] = new Function("$bindings", program)($bindings) as [Memory["log"], Memory["get"]];
  return { freed, log, get };
}

test("the arguments of an import are freed when it returns, once", () => {
  const { freed, log } = load(false);
  log("first");
  log("second one");
  expect(freed).toEqual([
    [100, 5, 1],
    [200, 10, 1],
  ]);
});

test("what an export returns is left to its caller", async () => {
  const { freed, log, get } = load(false);
  expect(await get()).toBe(100);
  log("after");
  expect(freed).toEqual([[200, 5, 1]]);
});

test("what a failed import left is not freed again after the end of the export", async () => {
  const { freed, log, get } = load(true);
  expect(() => log("lost")).toThrow("trap");
  await get();
  expect(() => log("also lost")).toThrow("trap");
  expect(freed).toEqual([]);
});
