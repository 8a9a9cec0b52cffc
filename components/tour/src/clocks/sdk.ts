import { monotonic, now, sleep as wait } from "@golem-kit/sdk/clock";

export function time(): bigint {
  return BigInt(Math.floor(now().getTime() / 1_000));
}

export async function sleep(milliseconds: number): Promise<number> {
  const start = monotonic();
  await wait({ milliseconds });
  return Number((monotonic() - start) / 1_000_000n);
}
