import { sleep } from "@golem-kit/sdk/clock";

export async function poll(): Promise<Uint32Array> {
  const first = await Promise.race([
    sleep("1 hour").then(() => 0),
    sleep("1 ms").then(() => 1),
    sleep("1 day").then(() => 2),
  ]);
  return Uint32Array.of(first);
}
