import { createHash } from "node:crypto";

import { installEngineConsole } from "./engine-console.ts";
import { ENGINE_GLOBALS } from "./engine-global-names.ts";
import { installEngineMessages } from "./engine-messages.ts";
import type { EngineLoop } from "./engine-loop.ts";
import type { HostCalls } from "./host-calls.ts";

const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** Gives this thread the globals of a component's engine: what they read of the world comes from the host, one recorded call each. */
export function installEngineGlobals(host: HostCalls, loop: EngineLoop): void {
  installDate(host);
  installRandom(host);
  installDigest();
  installEngineConsole(host);
  installEngineMessages();
  const setTimer =
    (repeats: boolean) =>
    (callback: () => unknown, milliseconds?: unknown, ...args: unknown[]): number =>
      loop.set(callback, milliseconds, args, repeats);
  const clearTimer = (id: unknown): void => loop.clear(id);
  define("setTimeout", setTimer(false));
  define("setInterval", setTimer(true));
  define("clearTimeout", clearTimer);
  define("clearInterval", clearTimer);
  define("self", globalThis);
  define("fetch", () => host.cannot(NO_FETCH));
  removeOthers();
}

/** Without it Node's own `Response` would not work. */
const NEEDED_BY_NODE = "Buffer";

function removeOthers(): void {
  // Node makes some when they are first used, of others that are still there now.
  for (const name of ENGINE_GLOBALS) Reflect.get(globalThis, name);
  void new Request("http://localhost/").signal;
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!ENGINE_GLOBALS.has(name) && name !== NEEDED_BY_NODE) Reflect.deleteProperty(globalThis, name);
  }
}

const NO_FETCH =
  "The global `fetch` cannot be replayed in Node: its calls of the host are made inside the engine. " +
  "What to do: import `fetch` from @golem-kit/sdk/http, which is part of the program.";

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

function installDate(host: HostCalls): void {
  const now = (): number => {
    const { seconds, nanoseconds } = host.call("wasi:clocks/wall-clock", "now", []) as {
      readonly seconds: bigint;
      readonly nanoseconds: number;
    };
    return Number(seconds) * 1_000 + Math.floor(nanoseconds / NANOSECONDS_PER_MILLISECOND);
  };
  const Native = Date;
  Object.defineProperty(Native, "now", { value: now, configurable: true, writable: true });
  const replaced = new Proxy(Native, {
    apply: () => new Native(now()).toString(),
    construct: (target, args: readonly unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
  });
  Object.defineProperty(Native.prototype, "constructor", {
    value: replaced,
    configurable: true,
    writable: true,
  });
  define("Date", replaced);
}

type IntegerArray = Exclude<NodeJS.TypedArray, Float16Array | Float32Array | Float64Array>;

function installRandom(host: HostCalls): void {
  const bytes = (length: number): Uint8Array =>
    host.call("wasi:random/random", "get-random-bytes", [BigInt(length)]) as Uint8Array;
  Math.random = () => {
    const drawn = host.call("wasi:random/random", "get-random-u64", []) as bigint;
    return Number(BigInt.asUintN(32, drawn)) / 2 ** 32;
  };
  Object.defineProperties(crypto, {
    getRandomValues: {
      configurable: true,
      writable: true,
      value: <T extends IntegerArray>(array: T): T => {
        new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(bytes(array.byteLength));
        return array;
      },
    },
    randomUUID: { configurable: true, writable: true, value: () => uuidOf(bytes(16)) },
  });
}

/** Node computes it in another thread, the engine at once. */
function installDigest(): void {
  Object.defineProperty(crypto.subtle, "digest", {
    configurable: true,
    writable: true,
    value: async (
      algorithm: string | { readonly name: string },
      data: BufferSource,
    ): Promise<ArrayBuffer> => {
      const name = typeof algorithm === "string" ? algorithm : algorithm.name;
      const view = ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : new Uint8Array(data);
      return new Uint8Array(createHash(name.replace("-", "")).update(view).digest()).buffer;
    },
  });
}

/** As the engine makes one of random bytes: the first three groups are little-endian. */
function uuidOf(random: Uint8Array): string {
  const view = new DataView(random.buffer, random.byteOffset, random.byteLength);
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  const version = (view.getUint16(6, true) & 0x0fff) | 0x4000;
  const variant = ((random[8] ?? 0) & 0x3f) | 0x80;
  const rest = [variant, ...random.subarray(9)].map((byte) => hex(byte, 2)).join("");
  const first = [hex(view.getUint32(0, true), 8), hex(view.getUint16(4, true), 4), hex(version, 4)];
  return [...first, rest.slice(0, 4), rest.slice(4)].join("-");
}
