import { openBucket } from "@golem-kit/sdk/keyvalue";
import { self } from "@golem-kit/sdk/worker";

const ledgers = openBucket<string[]>("ledgers");

/** Lines that outlive the instance, also those of attempts that are forgotten: of this worker, under a name. */
export async function note(ledger: string, line: string): Promise<void> {
  await ledgers.set(key(self().workerName, ledger), [...(await noted(ledger)), line]);
}

export function noted(ledger: string): Promise<string[]> {
  return notedBy(self().workerName, ledger);
}

export async function notedBy(workerName: string, ledger: string): Promise<string[]> {
  return (await ledgers.get(key(workerName, ledger))) ?? [];
}

function key(workerName: string, ledger: string): string {
  return `${workerName}/${ledger}`;
}
