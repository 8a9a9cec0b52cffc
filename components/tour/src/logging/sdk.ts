import { logger } from "@golem-kit/sdk/logging";

const logs = logger("tour");

export function log(line: string): void {
  logs.info(line);
}
