import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const RUN = "wasi:cli/run@0.2.3.{run}";

describe("a program with a main function", () => {
  const host = new RestHost();
  let program: RestComponent;
  beforeAll(async () => {
    program = await host.deploy("it:command", await foreignComponent("rust-command"));
  });

  test("is run by its export of wasi:cli, with arguments, environment, clock and standard output", async () => {
    await program.create("run", ["test-arg"], { TEST_ENV: "test-value" });
    const worker = program.worker("run");
    expect(await worker.call(RUN)).toEqual({ ok: null });
    const [hello, time, ...others] = (await worker.output()).join("").trim().split("\n");
    expect(hello).toBe("Hello, World!");
    expect(Math.abs(Number(time) - Date.now())).toBeLessThan(3_600_000);
    expect(others).toEqual([
      "test-arg",
      "TEST_ENV: test-value",
      "GOLEM_WORKER_NAME: run",
      `GOLEM_COMPONENT_ID: ${program.id}`,
      "GOLEM_COMPONENT_VERSION: 0",
      "run 1",
    ]);
  });

  test("leaves its files in the worker, also when that was lost since", async () => {
    const worker = program.worker("files");
    await worker.call(RUN);
    await worker.crash();
    expect((await worker.request("GET", "/file-contents/runs.txt")).body).toBe("x");
    expect(await worker.status()).toBe("Idle");
  });

  test("that exits with a code ends the worker", async () => {
    await program.create("fails", ["fail"], {});
    expect((await program.worker("fails").failure(RUN)).type).toBe("PreviousInvocationExited");
    expect(await program.worker("fails").status()).toBe("Exited");
  });
});
