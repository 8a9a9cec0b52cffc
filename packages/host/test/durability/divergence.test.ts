import { describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { readOplog, writeOplog } from "../fixtures/oplog-copies.ts";
import { failure, Hosted } from "../hosted.ts";

describe("an oplog that the program does not follow", () => {
  test("is an error that says where, what was expected, what was found, and what is around", async () => {
    await using hosted = await Hosted.open();
    const worker = hosted.worker("diverging");
    await worker.callWithKey("k", "key");
    await hosted.stop();
    const oplog = readOplog(hosted.dataDir, worker.id);
    const at = oplog.findIndex(
      (entry) => entry.type === "ImportedFunctionInvoked" && entry.functionName.endsWith("idempotency_key"),
    );
    const entry = oplog[at];
    if (entry?.type !== "ImportedFunctionInvoked") throw new Error("No such entry");
    const other = hosted.worker("other");
    writeOplog(hosted.dataDir, other.id, oplog.with(at, { ...entry, functionName: "something::else" }));
    await hosted.start();
    const text = await failure(other.callWithKey("new", "add", 1n));
    expect(text).toMatch(/^UnexpectedOplogEntry: /);
    expect(text).toContain(`Replay diverged at oplog index ${at + 1}: `);
    expect(text).toContain("the component does a call of golem api::generate_idempotency_key");
    expect(text).toContain("but the oplog has ImportedFunctionInvoked something::else");
    expect(text).toContain(`> ${at + 1} ImportedFunctionInvoked something::else`);
    expect(await failure(other.call("add", 1n))).toMatch(/^PreviousInvocationFailed: /);
  });

  test("because the program was changed is such an error too", async () => {
    await using hosted = await Hosted.open();
    const worker = hosted.worker("old");
    await worker.call("key");
    const changed = await fixtureComponent("probe", (program) =>
      program.replace("  key,\n", "  key: () => 'fixed',\n"),
    );
    await hosted.host.components.update(hosted.componentId("probe"), changed);
    await hosted.stop();
    const [create, ...rest] = readOplog(hosted.dataDir, worker.id);
    if (create?.type !== "Create") throw new Error("No Create entry");
    const moved = hosted.worker("moved");
    writeOplog(hosted.dataDir, moved.id, [{ ...create, componentVersion: 1 }, ...rest]);
    await hosted.start();
    const text = await failure(moved.call("add", 1n));
    expect(text).toMatch(/^UnexpectedOplogEntry: /);
    expect(text).toMatch(
      /the component does .*, but the oplog has ImportedFunctionInvoked golem api::generate_id/,
    );
  });
});
