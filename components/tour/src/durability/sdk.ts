import { durable } from "@golem-kit/sdk/durability";
import { logger } from "@golem-kit/sdk/logging";

const logs = logger("tour");

export function durableFunction(text: string): Promise<string> {
  return durable("shout", text, () => {
    logs.info(`shouting ${text}`);
    return text.toUpperCase();
  });
}
