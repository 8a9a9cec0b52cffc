import { commitOplog, currentOplogIndex, setOplogIndex } from "@golem-kit/sdk/oplog";

import { numbers } from "../keyvalue/sdk.ts";

export async function goBack(product: string, times: number): Promise<number> {
  const here = currentOplogIndex();
  const visits = ((await numbers.get(`${product} visits`)) ?? 0) + 1;
  await numbers.set(`${product} visits`, visits);
  if (visits < times) setOplogIndex(here);
  return visits;
}

export function commit(): void {
  commitOplog();
}
