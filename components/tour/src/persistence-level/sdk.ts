import { persistenceLevel as level, usePersistenceLevel } from "@golem-kit/sdk/durability";

export function persistenceLevel(): string[] {
  const before = level();
  const within = levelWithin();
  return [before, within, level()];
}

/** Without `await`: between two turns the engine reads its clock, and under this level no replay could answer it. */
function levelWithin(): string {
  using _scope = usePersistenceLevel("persist-nothing");
  return level();
}
