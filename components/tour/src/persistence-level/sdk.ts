import { persistenceLevel as level, withPersistenceLevel } from "@golem-kit/sdk/durability";

export async function persistenceLevel(): Promise<string[]> {
  const before = level();
  const within = await withPersistenceLevel("persist-nothing", () => level());
  return [before, within, level()];
}
