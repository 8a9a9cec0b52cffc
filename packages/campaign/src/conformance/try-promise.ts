import type { ProgramServer } from "../program-server.ts";
import type { ContractPromise, Trial } from "./promise-of-a-contract.ts";

/** Tries one promise on workers, a bucket and a container of its own, and removes them. @throws what the promise throws */
export async function tryPromise(server: ProgramServer, promise: ContractPromise): Promise<void> {
  const id = `conformance-${crypto.randomUUID()}`;
  const workers: string[] = [];
  const trial: Trial = {
    server,
    bucket: id,
    container: id,
    worker: (purpose) => {
      const name = `${purpose}-${workers.length}-${id}`;
      workers.push(name);
      return name;
    },
  };
  try {
    await promise.holds(trial);
  } finally {
    // What went wrong before counts, not that it cannot be cleaned up after.
    await cleanUp(trial, workers).catch(() => undefined);
  }
}

async function cleanUp(
  { server, bucket, container, worker }: Trial,
  workers: readonly string[],
): Promise<void> {
  const cleaner = server.worker(worker("cleaner"));
  const [keys, hasContainer] = await cleaner.run([
    ["kv.keys", bucket],
    ["blob.container-exists", container],
  ]);
  await cleaner.run([
    ["kv.delete-many", bucket, keys],
    ...(hasContainer === true ? [["blob.delete-container", container] as const] : []),
  ]);
  for (const name of workers) await server.worker(name).delete();
}
