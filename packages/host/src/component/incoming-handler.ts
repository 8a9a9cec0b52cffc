import {
  worldOfComponent,
  type WitFunction,
  type WitInterface,
  type WitType,
  type WitWorld,
} from "@golem-kit/wit";

import { bytes, list, option, record, string, tuple, u16, variant } from "../ground/wit/wit-types.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];
const FIELDS = list(tuple(string, bytes));
const BODY = record({ content: bytes, trailers: option(FIELDS) });

const REQUEST: WitType = record({
  method: variant({ ...Object.fromEntries(METHODS.map((name) => [name, null])), custom: string }),
  scheme: variant({ HTTP: null, HTTPS: null, custom: string }),
  authority: "string",
  "path-and-query": "string",
  headers: FIELDS,
  "body-and-trailers": option(BODY),
});

const RESPONSE: WitType = record({ status: u16, headers: FIELDS, "body-and-trailers": option(BODY) });

const HANDLE: WitFunction = {
  name: "handle",
  kind: "freestanding",
  resource: null,
  params: [{ name: "request", type: REQUEST }],
  result: RESPONSE,
  docs: null,
};

/** What Golem offers for `wasi:http/incoming-handler`, whose resources no caller could pass: the messages as values. */
export const INCOMING_HANDLER: WitInterface = {
  id: "golem:http/incoming-handler",
  types: new Map(),
  resources: [],
  functions: new Map([[HANDLE.name, HANDLE]]),
};

const HANDLER = /^wasi:http\/incoming-handler(@|$)/;

/** The component's own handler of HTTP requests: the name of the export. */
export function incomingHandlerExport(world: WitWorld): string | undefined {
  return [...world.exports.keys()].find((key) => HANDLER.test(key));
}

/** What a component imports and exports; with `INCOMING_HANDLER`, if it handles HTTP requests. */
export function componentWorld(wasm: Uint8Array): WitWorld {
  const world = worldOfComponent(wasm);
  if (incomingHandlerExport(world) === undefined) return world;
  const virtual = { kind: "interface", interface: INCOMING_HANDLER } as const;
  return { ...world, exports: new Map([...world.exports, [INCOMING_HANDLER.id, virtual]]) };
}
