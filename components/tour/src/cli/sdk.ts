import { variables } from "@golem-kit/sdk/env";
import { stdout } from "@golem-kit/sdk/logging";

export function environment(): string[] {
  return Object.keys(variables()).filter((name) => name.startsWith("GOLEM_"));
}

export function print(line: string): Promise<void> {
  return stdout.write(`${line}\n`);
}
