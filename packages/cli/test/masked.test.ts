import type { OplogFile } from "@golem-kit/host";
import { expect, test } from "vitest";

import { masked } from "../src/masked.ts";

const SECRET = "sk-1234567890";

/** Of a worker that has sent its secret in a header, in a body and as part of another text. */
const entries = [
  {
    oplogIndex: 1,
    entry: { type: "Create", env: { API_KEY: SECRET, LONGER: `${SECRET}-x`, PIN: "1234", REGION: "europe" } },
  },
  {
    oplogIndex: 2,
    entry: {
      type: "ImportedFunctionInvoked",
      request: { value: { headers: [["authorization", `Bearer ${SECRET}`]], note: `${SECRET} ${SECRET}` } },
      response: { value: { body: [...Buffer.from(`key=${SECRET};`)], status: 200, some: null } },
    },
  },
] as unknown as OplogFile["entries"];

test("a secret stands nowhere in what is saved, in texts and in bytes", () => {
  const { entries: saved, places } = masked(entries, ["API_KEY"]);

  expect(JSON.stringify(saved)).not.toContain(SECRET);
  expect(places).toBe(6);
  expect(saved).toEqual([
    {
      oplogIndex: 1,
      entry: { type: "Create", env: { API_KEY: "***", LONGER: "***-x", PIN: "1234", REGION: "europe" } },
    },
    {
      oplogIndex: 2,
      entry: {
        type: "ImportedFunctionInvoked",
        request: { value: { headers: [["authorization", "Bearer ***"]], note: "*** ***" } },
        response: { value: { body: [...Buffer.from("key=*************;")], status: 200, some: null } },
      },
    },
  ]);
});

test("of a secret that is part of another one nothing is left either", () => {
  const { entries: saved } = masked(entries, ["API_KEY", "LONGER"]);

  expect(saved[0]?.entry).toMatchObject({ env: { API_KEY: "***", LONGER: "***" } });
});

test.for([
  [
    "TOKEN",
    "without the variable TOKEN, so that its value is not known: it has API_KEY, LONGER, PIN, REGION.",
  ],
  ["PIN", "The value of PIN has fewer than 6 characters"],
] as const)("%s cannot be masked, and nothing is saved", ([name, told]) => {
  expect(() => masked(entries, ["API_KEY", name])).toThrow(told);
});
