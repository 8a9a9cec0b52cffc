import { type PublicOplogEntry, readOplog, type WorkerId } from "@golem-kit/host";
import type { RunningHost } from "./read-oplog-end.ts";

/** How a look at a promise is recorded. */
const LOOK = "golem::api::poll_promise";

/** The pauses of the SDK's `wait`, in milliseconds: so long at least, and this part of the time that was waited. */
const SHORTEST_PAUSE = 100;
const SHARE = 1 / 4;

/** Milliseconds that a worker may take from a look to the begin of its pause. */
const SLACK = 1_000;

interface PromiseName {
  readonly workerId: WorkerId;
  readonly index: number;
}

/** Of a 64-bit WIT type: small ones are numbers. */
type Integer = bigint | number;

/** A recorded look, as far as it matters. */
interface Look {
  readonly timestamp: string;
  readonly request: {
    readonly value: {
      readonly worker_id: {
        readonly component_id: {
          readonly uuid: { readonly "high-bits": Integer; readonly "low-bits": Integer };
        };
        readonly worker_name: string;
      };
      readonly oplog_idx: Integer;
    };
  };
  readonly response: { readonly value: { readonly ok?: unknown } };
}

/**
 * Lets time pass until everybody has looked at a promise who waits for it with the SDK's `wait`. Looks are recorded as they
 * are without a test. For those whom the host tells no time passes, for the others no more than until the next
 * look was due: at most a quarter of what was waited already.
 *
 * @throws Error if workers do not come to rest
 */
export async function letLook(host: RunningHost, promise: PromiseName): Promise<void> {
  const { clock } = host.simulation;
  // Those who are told look at once.
  await host.simulation.settled();
  for (const { workerId } of await clock.waits()) {
    for (let last: number | undefined; ;) {
      const until = await dueOf(host, workerId);
      // What is due and does not happen will not happen by going on.
      if (until === undefined || until === last) break;
      // One that has something else to do first is due for that before.
      if (until > (await latestLook(host, workerId, promise))) break;
      last = until;
      await clock.advance(Math.max(0, until - clock.now()));
    }
  }
}

/** When a worker is due next, if it waits for time. */
async function dueOf(host: RunningHost, { componentId, workerName }: WorkerId): Promise<number | undefined> {
  const waits = await host.simulation.clock.waits();
  const own = waits.filter(
    ({ workerId }) => workerId.componentId === componentId && workerId.workerName === workerName,
  );
  return own.length === 0 ? undefined : Math.min(...own.map(({ until }) => until));
}

/** When a worker looks at the promise again, at the latest; never if it has not looked, or has seen its value. */
async function latestLook(host: RunningHost, worker: WorkerId, promise: PromiseName): Promise<number> {
  const entries = (await readOplog(host, worker, "poll_promise")).map(({ entry }) => entry);
  const looks = entries.filter((entry) => isLook(entry)).filter((look) => isOf(promise, look));
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined || last.response.value.ok !== null) return -Infinity;
  const at = Date.parse(last.timestamp);
  return at + Math.max(SHORTEST_PAUSE, SHARE * (at - Date.parse(first.timestamp))) + SLACK;
}

function isLook(entry: PublicOplogEntry | Look): entry is Look {
  return "functionName" in entry && entry["functionName"] === LOOK;
}

function isOf({ workerId, index }: PromiseName, { request: { value } }: Look): boolean {
  const { component_id: component, worker_name: name } = value.worker_id;
  const uuid = (BigInt(component.uuid["high-bits"]) << 64n) | BigInt(component.uuid["low-bits"]);
  return (
    Number(value.oplog_idx) === index &&
    name === workerId.workerName &&
    uuid === BigInt(`0x${workerId.componentId.replaceAll("-", "")}`)
  );
}
