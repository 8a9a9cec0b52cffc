import { openBucket, textCodec } from "@golem-kit/sdk/keyvalue";

const teas = openBucket("tour", { codec: textCodec });

/** Counters of the other functions. */
export const numbers = openBucket<number>("numbers");

export async function keyValue(key: string, value: string): Promise<string | undefined> {
  await teas.set(key, value);
  return teas.get(key);
}

export async function keyValues(bucketName: string, keys: string[]): Promise<string[]> {
  using bucket = openBucket(bucketName);
  await bucket.setMany(keys.map((key) => [key, key]));
  const values = await bucket.getMany(keys);
  if (values.includes(undefined)) throw new Error("A value is not there that was just written");
  await bucket.deleteMany(keys.slice(0, 1));
  return (await bucket.keys()).toSorted();
}
