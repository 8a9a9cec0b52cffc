import { deleteMany, getMany, keys, setMany } from "wasi:keyvalue/eventual-batch@0.1.0";
import { delete as deleteKey, exists, get, set } from "wasi:keyvalue/eventual@0.1.0";
import { Bucket, type IncomingValue, OutgoingValue } from "wasi:keyvalue/types@0.1.0";
import type { Steps } from "./step.ts";
import { toBytes, toText } from "./text.ts";

function outgoing(text: string): OutgoingValue {
  const value = OutgoingValue.newOutgoingValue();
  value.outgoingValueWriteBodySync(toBytes(text));
  return value;
}

function textOf(value: IncomingValue | undefined): string | null {
  return value === undefined ? null : toText(value.incomingValueConsumeSync());
}

export function put(bucket: string, key: string, text: string): void {
  set(Bucket.openBucket(bucket), key, outgoing(text));
}

/** Reads, then writes: what an interrupted attempt has written shows. */
export function append(bucket: string, key: string, text: string): string {
  const content = (textOf(get(Bucket.openBucket(bucket), key)) ?? "") + text;
  put(bucket, key, content);
  return content;
}

export const keyValueSteps: Steps = {
  "kv.set": put,
  "kv.get": (bucket: string, key: string) => textOf(get(Bucket.openBucket(bucket), key)),
  "kv.size": (bucket: string, key: string) =>
    Number(get(Bucket.openBucket(bucket), key)?.incomingValueSize() ?? -1),
  "kv.exists": (bucket: string, key: string) => exists(Bucket.openBucket(bucket), key),
  "kv.delete": (bucket: string, key: string) => deleteKey(Bucket.openBucket(bucket), key),
  "kv.keys": (bucket: string) => keys(Bucket.openBucket(bucket)),
  "kv.get-many": (bucket: string, names: string[]) => getMany(Bucket.openBucket(bucket), names).map(textOf),
  "kv.set-many": (bucket: string, entries: [string, string][]) =>
    setMany(
      Bucket.openBucket(bucket),
      entries.map(([key, text]): [string, OutgoingValue] => [key, outgoing(text)]),
    ),
  "kv.delete-many": (bucket: string, names: string[]) => deleteMany(Bucket.openBucket(bucket), names),
  "kv.append": append,
};
