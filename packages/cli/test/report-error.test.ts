import { BuildError } from "@golem-kit/build";
import { DeploymentError } from "@golem-kit/deployment";
import { NameError } from "@golem-kit/wit";
import { expect, onTestFinished, test, vi } from "vitest";
import { reportError } from "../src/report-error.ts";
import { RestError } from "../src/rest/rest-error.ts";
import { UserError } from "../src/user-error.ts";

function report(error: unknown, verbose = false): { readonly exitCode: number; readonly printed: string } {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  const exitCode = reportError(error, { verbose });
  return { exitCode, printed: write.mock.calls.map(([text]) => String(text)).join("") };
}

test("what a person can put right is one message without a stack", () => {
  const { exitCode, printed } = report(new UserError("The port is taken: choose another."));

  expect(exitCode).toBe(1);
  expect(printed).toMatch(/^\S+ The port is taken: choose another\.\n$/);
});

test.for<Error>([
  new BuildError("not-found", "there is no golem.yaml"),
  new DeploymentError("it is a library"),
  new NameError("there is no such component"),
])("%s of another package is one message, too", (error) => {
  const { exitCode, printed } = report(error);

  expect(exitCode).toBe(1);
  expect(printed.trimEnd().endsWith(` ${error.message}`)).toBe(true);
});

test("a wrong command line has an exit code of its own", () => {
  expect(report(new UserError("Which port?", { exitCode: 2 })).exitCode).toBe(2);
});

test("a server's refusal is told in its own words", () => {
  const body = { golemError: { type: "RuntimeError", details: "the guest trapped" } };
  const { exitCode, printed } = report(new RestError("POST http://localhost:9881/v1", 500, body));

  expect(exitCode).toBe(1);
  expect(printed).toContain("RuntimeError: the guest trapped (500 from POST http://localhost:9881/v1)");
});

test("the stack is shown when it is asked for", () => {
  expect(report(new UserError("No."), true).printed).toContain("report-error.test.ts");
});

test("anything else is a defect of ours, with its stack", () => {
  const { exitCode, printed } = report(new TypeError("x is undefined"));

  expect(exitCode).toBe(70);
  expect(printed).toContain("This is a defect of golem-kit: x is undefined");
  expect(printed).toContain("report-error.test.ts");
});
