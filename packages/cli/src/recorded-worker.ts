import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { OplogFile, OplogPage, WorkerId } from "@golem-kit/host";
import { workerOf } from "./deployed-component.ts";
import type { GolemClient } from "./rest/golem-client.ts";
import type { OplogEntry } from "./rest/oplog-pages.ts";
import { UserError } from "./user-error.ts";

/** A worker's past. */
export interface RecordedWorker extends Omit<OplogFile, "worker"> {
  readonly workerId: WorkerId;
}

/** The oplog of a worker on a server. @throws NameError, RestError; UserError for one of which parts are not known */
export async function recordedOnServer(
  client: GolemClient,
  componentName: string,
  workerName: string,
): Promise<RecordedWorker> {
  const workerId = await workerOf(client, componentName, workerName);
  // An unknown worker has an empty oplog.
  const { componentVersion } = await client.worker(workerId);
  const found = await Array.fromAsync(client.oplog(workerId, { from: 1 }));
  assertAllShown(found);
  const entries = found.map(({ index, type, timestamp, parameters }): OplogPage["entries"][number] => {
    return { oplogIndex: index, entry: { ...parameters, type, timestamp } };
  });
  return { component: componentName, componentVersion, workerId, entries };
}

function assertAllShown(entries: readonly OplogEntry[]): void {
  const hidden = entries.filter((entry) => entry.hidden !== undefined);
  const [first] = hidden;
  if (first === undefined) return;
  throw new UserError(
    `The oplog cannot be replayed: of its ${entries.length} entries the server cannot show ${hidden.length}, ` +
      `the first is ${first.index} (${first.hidden}). "golem-kit oplog" without --save shows the rest.`,
  );
}

/**
 * The oplog in a file that `golem-kit oplog --save` has written.
 *
 * @throws UserError if there is none, or it is of another component or worker
 */
export async function recordedInFile(
  path: string,
  componentName: string,
  workerName: string,
): Promise<RecordedWorker> {
  const { component, componentVersion, worker, entries } = await readOplogFile(path);
  if (component !== componentName || worker !== workerName) {
    throw new UserError(
      `${path} has the oplog of ${component}/${worker}, not of ${componentName}/${workerName}. ` +
        `What to do: golem-kit debug ${component} ${worker} --oplog ${path}`,
    );
  }
  const recorded = entries[0]?.entry["workerId"] as WorkerId | undefined;
  const componentId = recorded?.componentId;
  if (componentId === undefined)
    throw new UserError(`${path} has an oplog that does not begin with its Create entry: record it anew`);
  return { component, componentVersion, workerId: { componentId, workerName }, entries };
}

async function readOplogFile(path: string): Promise<OplogFile> {
  const { OplogFileError, parseOplogFile } = await import("@golem-kit/host");
  const file = resolve(path);
  try {
    return parseOplogFile(await readFile(file, "utf8"));
  } catch (cause) {
    if (cause instanceof OplogFileError) throw new UserError(`${file}: ${cause.message}`, { cause });
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new UserError(
      `The oplog file ${file} cannot be read (${code}). What to do: record it, by "golem-kit oplog --save <file> <component> <worker>" or in a test by \`worker.saveOplog(path)\`.`,
      { cause },
    );
  }
}
