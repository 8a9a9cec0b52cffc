export { idempotencyKey } from "@golem-kit/sdk/durability";
