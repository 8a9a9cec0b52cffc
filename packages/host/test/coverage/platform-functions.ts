import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parseWit, resolveWit } from "@golem-kit/wit";

import { withoutVersion } from "../../src/interfaces/bind.ts";

const PLATFORM = join(import.meta.dirname, "../../../../wit/deps");

/** What components export and hosts call, and what Golem does not link. */
const NOT_FOR_GUESTS: ReadonlySet<string> = new Set([
  "golem:api/load-snapshot",
  "golem:api/oplog-processor",
  "golem:api/save-snapshot",
  "wasi:cli/run",
  "wasi:http/incoming-handler",
  "wasi:keyvalue/handle-watch",
]);

/** Resources that no function gives to a guest: neither on Golem, where those that would do it trap, nor here. */
const NEVER_GIVEN: ReadonlySet<string> = new Set([
  "wasi:keyvalue/cache.future-exists-result",
  "wasi:keyvalue/cache.future-get-or-set-result",
  "wasi:keyvalue/cache.future-get-result",
  "wasi:keyvalue/cache.future-result",
  "wasi:keyvalue/cache.vacancy",
  "wasi:keyvalue/wasi-keyvalue-error.error",
]);

export interface PlatformFunction {
  /** Without version. */
  readonly interfaceName: string;
  /** As in WIT: `get`, `[method]bucket.x`. */
  readonly functionName: string;
  /** False if a guest never has what it would have to be called on. */
  readonly canBeCalled: boolean;
}

/** Every function that Golem 1.2 offers to components. */
export function platformFunctions(): readonly PlatformFunction[] {
  const files = readdirSync(PLATFORM, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".wit"))
    .map((path) => parseWit(readFileSync(join(PLATFORM, path), "utf8")));
  const { interfaces } = resolveWit(files);
  const all = interfaces.map((id) => `import ${id};`).join(" ");
  const world = resolveWit([...files, parseWit(`package test:all; world all { ${all} }`)]).world(
    "test:all/all",
  );
  return [...world.imports.values()].flatMap((item) => {
    if (item.kind !== "interface" || NOT_FOR_GUESTS.has(withoutVersion(item.interface.id))) return [];
    const interfaceName = withoutVersion(item.interface.id);
    return [...item.interface.functions.values()].map(({ name, kind, resource }) => ({
      interfaceName,
      functionName: name,
      canBeCalled: kind !== "method" || !NEVER_GIVEN.has(`${interfaceName}.${resource}`),
    }));
  });
}

export function functionText({ interfaceName, functionName }: PlatformFunction): string {
  return `${interfaceName}.${functionName}`;
}
