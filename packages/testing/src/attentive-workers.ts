import type { Host, Workers } from "@golem-kit/host";
import { letLook } from "./let-look.ts";

/** The workers of a host. Who waits by the SDK's `wait` for a promise that is completed here has seen it when that resolves. */
export function attentiveWorkers(host: Host): Workers {
  const completePromise: Workers["completePromise"] = async (workerId, index, data) => {
    const completed = await host.workers.completePromise(workerId, index, data);
    if (completed) await letLook(host, { workerId, index });
    return completed;
  };
  return new Proxy(host.workers, {
    get(workers, name) {
      if (name === "completePromise") return completePromise;
      const member: unknown = Reflect.get(workers, name);
      return typeof member === "function" ? member.bind(workers) : member;
    },
  });
}
