import { withoutVersion } from "../../src/ground/wit/interface-name.ts";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parseWit, resolveWit } from "@golem-kit/wit";

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

const OF_DATABASES = [
  "[static]db-connection.open",
  "[method]db-connection.query",
  "[method]db-connection.query-stream",
  "[method]db-connection.execute",
  "[method]db-connection.begin-transaction",
  "[method]db-transaction.query",
  "[method]db-transaction.query-stream",
  "[method]db-transaction.execute",
  "[method]db-transaction.commit",
  "[method]db-transaction.rollback",
  "[method]db-result-stream.get-columns",
  "[method]db-result-stream.get-next",
  "[method]db-result-set.get-columns",
  "[method]db-result-set.get-next",
];

/** What Golem 1.2 offers beyond those declarations: what came with 1.2.5, and databases. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "golem:api/host": ["fork"],
  "golem:durability/durability": [
    "[constructor]lazy-initialized-pollable",
    "[method]lazy-initialized-pollable.set",
    "[method]lazy-initialized-pollable.subscribe",
  ],
  "golem:rdbms/mysql": OF_DATABASES,
  "golem:rdbms/postgres": [
    ...OF_DATABASES,
    "[constructor]lazy-db-value",
    "[method]lazy-db-value.get",
    "[constructor]lazy-db-column-type",
    "[method]lazy-db-column-type.get",
  ],
};

/** Every function that Golem 1.2 offers to components. */
export function platformFunctions(): readonly PlatformFunction[] {
  return [...declaredFunctions(), ...moreFunctions()];
}

/** No database can be connected to here: `open` alone can be called. */
function moreFunctions(): readonly PlatformFunction[] {
  return Object.entries(MORE).flatMap(([interfaceName, names]) =>
    names.map((functionName) => ({
      interfaceName,
      functionName,
      canBeCalled: !functionName.startsWith("[method]db-"),
    })),
  );
}

/** Those that the WIT in `wit/deps` declares: what a component of this repository can import. */
export function declaredFunctions(): readonly PlatformFunction[] {
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
