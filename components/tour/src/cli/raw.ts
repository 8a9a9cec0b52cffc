import { getEnvironment } from "wasi:cli/environment@0.2.0";
import { getStdout } from "wasi:cli/stdout@0.2.0";

export function environment(): string[] {
  return getEnvironment()
    .map(([name]) => name)
    .filter((name) => name.startsWith("GOLEM_"));
}

export function print(line: string): void {
  using stdout = getStdout();
  stdout.blockingWriteAndFlush(new TextEncoder().encode(`${line}\n`));
}
