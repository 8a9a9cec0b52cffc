import { getOplogIndex, oplogCommit, setOplogIndex as setHostOplogIndex } from "golem:api/host@1.1.6";

import { describeValue } from "../describe-value.ts";
import { SdkError } from "../sdk-error.ts";
import { requireOplogIndex } from "./read-oplog.ts";

const LARGEST_U8 = 255;

/**
 * Marks where the worker is now, to come back to by {@link setOplogIndex}, or to fork from. The mark is an entry itself.
 *
 * Stands on `golem:api/host.get-oplog-index`.
 *
 * @example
 * ```ts
 * const here = currentOplogIndex();
 * ```
 */
export function currentOplogIndex(): bigint {
  return getOplogIndex();
}

/**
 * Forgets what came after an index, and goes on from there: the instance ends, and the next one has the memory of then.
 * The world outside does not forget: what is done again is done twice, and calls to other workers have other idempotency
 * keys. So does whatever else the worker was doing meanwhile. Does not return.
 *
 * An index beyond the oplog's end, or in a part that was forgotten before, ends the instance as a failure does. On Golem
 * 1.2 that goes for an index that it went back to before, too: make a mark for each time.
 *
 * Stands on `golem:api/host.set-oplog-index`.
 *
 * @throws SdkError `invalid-oplog-index`
 * @example
 * ```ts
 * const here = currentOplogIndex();
 * if (!(await attempt())) setOplogIndex(here);
 * ```
 */
export function setOplogIndex(index: bigint): never {
  requireOplogIndex("setOplogIndex", index);
  setHostOplogIndex(index);
  throw new SdkError({
    code: "invalid-oplog-index",
    operation: "setOplogIndex",
    message: `The oplog index was set to ${index} while the worker is replayed, where nothing can be forgotten: the code has changed, or does not do the same each time.`,
  });
}

/**
 * Returns when everything up to here is stored by so many replicas: more than Golem promises by itself. It blocks the
 * worker meanwhile.
 *
 * Stands on `golem:api/host.oplog-commit`.
 *
 * @param replicas 1 to 255; for more than there are, it does not return @default 1
 * @throws SdkError `invalid-replicas`; for 0 too, with which Golem 1.2 never returns
 * @example
 * ```ts
 * commitOplog(2);
 * ```
 */
export function commitOplog(replicas = 1): void {
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > LARGEST_U8) {
    throw new SdkError({
      code: "invalid-replicas",
      operation: "commitOplog",
      message: `${describeValue(replicas)} is not a number of replicas: 1 to ${LARGEST_U8}.`,
    });
  }
  oplogCommit(replicas);
}
