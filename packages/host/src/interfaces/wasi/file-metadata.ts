import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";

import type { Directory } from "../../filesystem/directory.ts";
import { FilesystemError } from "../../filesystem/filesystem-error.ts";
import type { Times } from "../../filesystem/file-times.ts";
import type { OpenNode } from "../../filesystem/open-nodes.ts";
import { type DurableFunction, readLocal } from "../host-interface.ts";
import { option, record, string } from "../../ground/wit/wit-types.ts";
import type { Datetime } from "./clocks.ts";
import type { ClockPort, CallsPort, FilesPort } from "../ports.ts";

type Ports = ClockPort & CallsPort & FilesPort;

export type NewTimestamp =
  | { readonly tag: "no-change" }
  | { readonly tag: "now" }
  | { readonly tag: "timestamp"; readonly val: Datetime };

/** What is recorded of a file's state: all else is the guest's own doing, and comes out the same on replay. */
interface RecordedTimes {
  readonly data_access_timestamp: Datetime;
  readonly data_modification_timestamp: Datetime;
}

/** The same for the guest. */
interface WitTimes {
  readonly dataAccessTimestamp: Datetime;
  readonly dataModificationTimestamp: Datetime;
}

/** Something with its state, by the path it has in the worker. */
interface Found {
  readonly path: string;
  readonly stat: BigIntStats;
}

type Apply = (times: Times) => void;

const NANOSECONDS = 1_000_000_000n;
const LATEST = 2n ** 63n - 1n;

const DATETIME = record({ seconds: "u64", nanoseconds: "u32" });

function timesOf(name: string): DurableFunction<Ports> {
  return readLocal(`filesystem::types::descriptor::${name}`, {
    types: {
      request: string,
      response: record({
        data_access_timestamp: option(DATETIME),
        data_modification_timestamp: option(DATETIME),
      }),
    },
    request: (_, found: Found) => found.path,
    run: (context, { stat }: Found): RecordedTimes => {
      const { accessed, modified } = context.files.times(stat);
      return { data_access_timestamp: datetime(accessed), data_modification_timestamp: datetime(modified) };
    },
    // A file that replay has made again gets the times that it had.
    toGuest: (context, times: RecordedTimes, { stat }: Found, apply: Apply): WitTimes => {
      const { accessed, modified } = context.files.times(stat);
      const recorded = {
        accessed: nanoseconds(times.data_access_timestamp),
        modified: nanoseconds(times.data_modification_timestamp),
      };
      if (recorded.accessed !== accessed || recorded.modified !== modified) apply(recorded);
      return {
        dataAccessTimestamp: times.data_access_timestamp,
        dataModificationTimestamp: times.data_modification_timestamp,
      };
    },
  });
}

export const STAT = timesOf("stat");
export const STAT_AT = timesOf("stat_at");

function datetime(nanoseconds: bigint): Datetime {
  return { seconds: nanoseconds / NANOSECONDS, nanoseconds: Number(nanoseconds % NANOSECONDS) };
}

function nanoseconds(time: Datetime): bigint {
  return time.seconds * NANOSECONDS + BigInt(time.nanoseconds);
}

export function typeOf(stat: BigIntStats): string {
  if (stat.isFile()) return "regular-file";
  if (stat.isDirectory()) return "directory";
  return stat.isSymbolicLink() ? "symbolic-link" : "unknown";
}

/** A directory's size and links say more about this machine's file system than about the directory: they are left out. */
export function statOf(stat: BigIntStats, times: WitTimes): unknown {
  const directory = stat.isDirectory();
  return {
    type: typeOf(stat),
    linkCount: directory ? 1n : stat.nlink,
    size: directory ? 0n : stat.size,
    ...times,
    statusChangeTimestamp: undefined,
  };
}

export function stat(context: Ports, node: OpenNode): [BigIntStats, WitTimes] {
  const found = context.files.stat(node);
  const apply: Apply = (times) => context.files.setTimes(node, times);
  return [found.stat, context.call(STAT, found, apply) as WitTimes];
}

export function statAt(
  context: Ports,
  base: Directory,
  path: string,
  follow: boolean,
): [BigIntStats, WitTimes] {
  const found = context.files.statAt(base, path, follow);
  const apply: Apply = (times) => context.files.setTimesAt(base, path, follow, times);
  return [found.stat, context.call(STAT_AT, found, apply) as WitTimes];
}

export function metadataHash([{ size }, { dataModificationTimestamp }]: [BigIntStats, WitTimes]): unknown {
  const digest = createHash("sha256")
    .update(`${nanoseconds(dataModificationTimestamp)} ${size}`)
    .digest();
  return { lower: digest.readBigUInt64LE(0), upper: digest.readBigUInt64LE(8) };
}

/** @throws FilesystemError */
export function newTimes(
  context: Ports,
  stat: BigIntStats,
  accessed: NewTimestamp,
  modified: NewTimestamp,
): Times {
  if (context.files.isReadOnly(stat)) throw new FilesystemError("not-permitted");
  const present = context.files.times(stat);
  return {
    accessed: newTime(context, present.accessed, accessed),
    modified: newTime(context, present.modified, modified),
  };
}

function newTime(context: Ports, present: bigint, time: NewTimestamp): bigint {
  if (time.tag === "no-change") return present;
  if (time.tag === "now") return context.now();
  const at = nanoseconds(time.val);
  if (at > LATEST) throw new FilesystemError("overflow");
  return at;
}
