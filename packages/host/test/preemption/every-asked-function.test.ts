import { expect, test } from "vitest";

import { HOST_INTERFACES } from "../../src/interfaces/registry.ts";
import { ASKS } from "./asked-functions.ts";

/** Functions that ask for no particular resource that could be waited for. */
const OF_NO_RESOURCE = [
  "wasi:io/poll.poll",
  "wasi:io/poll.[method]pollable.ready",
  "golem:api/host.poll-promise",
];

/** What these say is decided when they are called: they change something, or tell what the guest did itself. */
const DECIDED: ReadonlyMap<string, readonly string[]> = new Map([
  ["wasi:io/streams.input-stream", ["subscribe"]],
  ["wasi:io/streams.output-stream", ["write", "write-zeroes", "flush", "subscribe"]],
  ["wasi:http/types.future-incoming-response", ["subscribe"]],
  ["wasi:http/types.future-trailers", ["subscribe"]],
  ["golem:rpc/types.future-invoke-result", ["subscribe"]],
  ["golem:durability/durability.lazy-initialized-pollable", ["set", "subscribe"]],
  ["wasi:sockets/ip-name-lookup.resolve-address-stream", ["subscribe"]],
  ["wasi:sockets/udp.incoming-datagram-stream", ["subscribe"]],
  ["wasi:sockets/udp.outgoing-datagram-stream", ["send", "subscribe"]],
]);

/** The same of sockets, which have many properties. */
const OF_SOCKETS =
  /^(start-.+|set-.+|(local|remote)-address|is-listening|address-family|keep-alive-.+|(unicast-)?hop-limit|(receive|send)-buffer-size|shutdown|stream|subscribe)$/;

/** No guest ever has one: the functions that would make them fail, as on Golem. */
const NEVER_THERE = "wasi:keyvalue/cache";

interface Method {
  readonly resource: string;
  readonly member: string;
}

/** Every function that does not wait itself, of a resource that can be waited for. */
function methods(): readonly Method[] {
  return HOST_INTERFACES.filter(({ name }) => name !== NEVER_THERE).flatMap(({ name, functions }) =>
    Object.entries(functions).flatMap(([key, { waits }]) => {
      const [, resource, member] = /^\[method\]([^.]+)\.(.+)$/.exec(key) ?? [];
      if (resource === undefined || member === undefined || waits) return [];
      if (!(`[method]${resource}.subscribe` in functions)) return [];
      return [{ resource: `${name}.${resource}`, member }];
    }),
  );
}

function isDecided({ resource, member }: Method): boolean {
  return /\.(tcp|udp)-socket$/.test(resource)
    ? OF_SOCKETS.test(member)
    : DECIDED.get(resource)?.includes(member) === true;
}

test("whatever can be waited for, and asked for instead, is asked for by the guests of these tests", () => {
  const askable = methods()
    .filter((method) => !isDecided(method))
    .map(({ resource, member }) => resource.replace(/\.([^.]+)$/, `.[method]$1.${member}`));
  expect(askable.concat(OF_NO_RESOURCE).toSorted()).toEqual(
    [...new Set(ASKS.flatMap(({ calls }) => calls))].toSorted(),
  );
});
