import { afterAll, beforeAll, expect, test } from "vitest";
import { Guest } from "./guest.ts";

const wit = `
interface api {
  wait: func(milliseconds: f64) -> string;
  repeat: func(milliseconds: f64) -> string;
}

world guest { export api; }
`;

const program = `
export const api = {
  wait: (milliseconds: number) => new Promise<string>((resolve) => setTimeout(resolve, milliseconds, "woken")),
  repeat: (milliseconds: number) => new Promise<string>((resolve) => {
    const id = setInterval(() => { clearInterval(id); resolve("woken"); }, milliseconds);
  }),
};
`;

let guest: Guest;
beforeAll(async () => {
  guest = await Guest.load(wit, program);
}, 120_000);
afterAll(() => guest[Symbol.asyncDispose]());

test.each([
  ["wait", "setTimeout"],
  ["repeat", "setInterval"],
])(
  "a timer that is longer than timers are fires at once, and the log warns of it: %s",
  async (name, timer) => {
    expect(await guest.call(name, 2 ** 32)).toEqual({
      answer: "woken",
      written: `${timer} waits 24.8 days at most: one of 4294967296 ms does not wait at all. Use sleep of @golem-kit/sdk/clock.\n`,
    });
  },
);

test("one that a timer can wait for is silent", async () => {
  expect(await guest.call("wait", 1)).toEqual({ answer: "woken", written: "" });
});
