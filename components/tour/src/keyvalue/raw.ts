import { exists, get, set } from "wasi:keyvalue/eventual@0.1.0";
import { deleteMany, getMany, keys as allKeys, setMany } from "wasi:keyvalue/eventual-batch@0.1.0";
import { Bucket, OutgoingValue } from "wasi:keyvalue/types@0.1.0";

export function keyValue(key: string, value: string): string | undefined {
  using bucket = Bucket.openBucket("tour");
  using outgoing = outgoingValue(value);
  set(bucket, key, outgoing);
  if (!exists(bucket, key)) return undefined;
  using incoming = get(bucket, key);
  return incoming && new TextDecoder().decode(incoming.incomingValueConsumeSync());
}

export function keyValues(bucketName: string, keys: string[]): string[] {
  using bucket = Bucket.openBucket(bucketName);
  using handles = new DisposableStack();
  setMany(
    bucket,
    keys.map((key) => [key, handles.use(outgoingValue(key))]),
  );
  const complete = getMany(bucket, keys).every((value) => value !== undefined && handles.use(value));
  if (!complete) throw new Error("A value is not there that was just written");
  deleteMany(bucket, keys.slice(0, 1));
  return allKeys(bucket).toSorted();
}

export function readNumber(key: string, otherwise: number): number {
  using bucket = Bucket.openBucket("numbers");
  using incoming = get(bucket, key);
  return incoming ? Number(new TextDecoder().decode(incoming.incomingValueConsumeSync())) : otherwise;
}

export function writeNumber(key: string, value: number): void {
  using bucket = Bucket.openBucket("numbers");
  using outgoing = outgoingValue(String(value));
  set(bucket, key, outgoing);
}

function outgoingValue(text: string): OutgoingValue {
  const outgoing = OutgoingValue.newOutgoingValue();
  outgoing.outgoingValueWriteBodySync(new TextEncoder().encode(text));
  return outgoing;
}
