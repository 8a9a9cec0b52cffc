import type { Stop } from "../stop.ts";

export const calls: Stop = {
  title: "golem:rpc: invokeAndAwait, asyncInvokeAndAwait",
  shows: "Calls of other workers, one after the other and side by side: each answers how many lines it has",
  async play(guest) {
    const [first, second, third] = ["a", "b", "c"].map((order) => `${guest.half}-${order}`);
    guest.check("lines of the first order", await guest.call("call-and-wait", first), 1);
    const lines = await guest.call("call-many", [first, second, third]);
    guest.check("lines of all", lines, Uint32Array.of(2, 1, 1));
  },
};

export const callByName: Stop = {
  title: "golem:rpc: new WasmRpc",
  shows: "A call without a generated client: the function by its name, the values as trees of nodes",
  async play(guest) {
    guest.check("lines of the order", await guest.call("call-by-name", `${guest.half}-by-name`), 1);
  },
};

export const messages: Stop = {
  title: "golem:rpc: invoke, scheduleInvocation, scheduleCancelableInvocation",
  shows: "Calls that nobody waits for, now and later; one of them is called off",
  async play(guest) {
    await guest.call("trigger", `${guest.half}-a`, "at once");
    await guest.call("schedule", `${guest.half}-a`, "on schedule", "never");
  },
};
