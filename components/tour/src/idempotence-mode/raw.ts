import { getIdempotenceMode, setIdempotenceMode } from "golem:api/host@1.1.0";

export function idempotenceMode(): boolean[] {
  const before = getIdempotenceMode();
  setIdempotenceMode(false);
  const within = getIdempotenceMode();
  setIdempotenceMode(before);
  const after = getIdempotenceMode();
  return [before, within, after];
}
