import { isSdkError } from "@golem-kit/sdk";
import { atomically, beginAtomically } from "@golem-kit/sdk/durability";
import { openBucket } from "@golem-kit/sdk/keyvalue";

const counts = openBucket<number>("attempts");

export async function attempts(region: string): Promise<number> {
  return (await counts.get(region)) ?? 0;
}

async function attempt(region: string): Promise<void> {
  const made = (await attempts(region)) + 1;
  await counts.set(region, made);
  if (made < 3) throw new Error(`attempt ${made} of ${region} fails`);
}

export async function stubbornRegion(): Promise<string> {
  try {
    await atomically(() => attempt("stubborn"));
    return "done";
  } catch {
    return "caught";
  }
}

export async function abandonedRegion(): Promise<string> {
  try {
    using region = beginAtomically();
    await attempt("abandoned");
    region.commit();
    return "done";
  } catch {
    return "caught";
  }
}

export async function joinedRegions(): Promise<string> {
  const values = await Promise.all([
    atomically(async () => (await atomically(() => counts.has("inner"))) || "outer"),
    atomically(() => "beside"),
  ]);
  const region = beginAtomically();
  region.commit();
  try {
    region.commit();
  } catch (error) {
    if (isSdkError(error)) return [...values, error.code].join(" ");
  }
  return "committed twice";
}
