import { getOplogPersistenceLevel, setOplogPersistenceLevel } from "golem:api/host@1.1.0";

export function persistenceLevel(): string[] {
  const before = getOplogPersistenceLevel();
  setOplogPersistenceLevel({ tag: "persist-nothing" });
  const within = getOplogPersistenceLevel();
  setOplogPersistenceLevel(before);
  const after = getOplogPersistenceLevel();
  return [before.tag, within.tag, after.tag];
}
