import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebComponent } from "./web-component.ts";
import { scenarios } from "./web-scenarios.ts";

const program = `
import { scenarios } from ${JSON.stringify(join(import.meta.dirname, "web-scenarios.ts"))};

const attempt = (run) => {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
};

const functions = {
  scenario: (name) => scenarios[name](),
  locales: () => [
    attempt(() => (1234.5).toLocaleString("de-DE", { style: "currency", currency: "EUR" })),
    attempt(() => 12n.toLocaleString("de")),
    attempt(() => [1.5].toLocaleString("de")),
    attempt(() => new Date(0).toLocaleString("en", { timeZone: "Europe/Berlin" })),
    attempt(() => new Date(0).toLocaleDateString("de")),
    attempt(() => new Date(0).toLocaleTimeString(undefined, { hour12: true })),
    attempt(() => "ä".localeCompare("z", "sv")),
    attempt(() => "i".toLocaleUpperCase("tr")),
  ],
  noLocales: () => [(12).toLocaleString(), "a".localeCompare("a"), "i".toLocaleUpperCase(), "i".toLocaleUpperCase("en"), (1e21).toLocaleString("fullwide", { useGrouping: false })],
  compatibility: () => attempt(() => "ﬁ".normalize("NFKC")),
  temporal: () => [
    Temporal.PlainDate.from("2026-01-31").add({ months: 1 }).toString(),
    Temporal.Instant.from("2026-01-01T00:00:00Z").toZonedDateTimeISO("+02:00").toString(),
    Temporal.PlainDate.from("2026-01-01").until("2026-03-01", { largestUnit: "month" }).toString(),
    attempt(() => Temporal.Instant.from("2026-01-01T00:00:00Z").toZonedDateTimeISO("Europe/Berlin").toString()),
    attempt(() => Temporal.PlainDate.from("2026-01-31").toLocaleString("de")),
  ],
  surroundings: () => {
    const told = [];
    addEventListener("error", (event) => {
      told.push(event.message);
      event.preventDefault();
    });
    reportError(new Error("reported"));
    return [navigator.userAgent, ...told];
  },
};

export const api = { run: async (name, args) => JSON.stringify(await functions[name](...JSON.parse(args))) };
`;

let component: WebComponent;

beforeAll(async () => {
  component = await WebComponent.build(program);
});

afterAll(() => component[Symbol.asyncDispose]());

describe("a component does what Node does:", () => {
  test.for(Object.entries(scenarios))("%s", async ([name, scenario]) => {
    expect(await component.run("scenario", name)).toEqual(JSON.parse(JSON.stringify(await scenario())));
  });
});

test("a language that is asked for is refused, never left out", async () => {
  const answers = (await component.run("locales")) as readonly string[];
  for (const answer of answers)
    expect(answer).toMatch(/^TypeError: (to)?[lL]ocale\w* knows no language here/);
  expect(answers).toHaveLength(8);
});

test("without a language, methods answer as they did", async () => {
  expect(await component.run("noLocales")).toEqual(["12", 0, "I", "I", "1000000000000000000000"]);
});

test("a form of Unicode that is not there is refused", async () => {
  expect(await component.run("compatibility")).toBe(
    "RangeError: the form NFKC is not there. There are NFC and NFD.",
  );
});

test("Temporal counts dates and times", async () => {
  expect(await component.run("temporal")).toEqual([
    "2026-02-28",
    "2026-01-01T02:00:00+02:00[+02:00]",
    "P2M",
    expect.stringMatching(/^TypeError: there is no Intl.DateTimeFormat here, .* UTC and offsets/),
    expect.stringMatching(/^TypeError: there is no Intl.DateTimeFormat here, for "de"/),
  ]);
});

test("a program learns where it runs, and reports errors to who listens", async () => {
  expect(await component.run("surroundings")).toEqual(["Golem-Kit", "reported"]);
});
