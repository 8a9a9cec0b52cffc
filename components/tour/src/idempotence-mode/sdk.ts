import { idempotenceMode as mode, withIdempotenceMode } from "@golem-kit/sdk/durability";

export async function idempotenceMode(): Promise<boolean[]> {
  const before = mode();
  const within = await withIdempotenceMode(false, () => mode());
  return [before, within, mode()];
}
