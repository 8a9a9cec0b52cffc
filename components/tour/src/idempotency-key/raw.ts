import { generateIdempotencyKey } from "golem:api/host@1.1.0";
import { uuidToString } from "golem:rpc/types@0.2.0";

export function idempotencyKey(): string {
  return uuidToString(generateIdempotencyKey());
}
