import { randomBytes } from "node:crypto";

import { readLocal, type DurableFunction, type HostInterface } from "../host-interface.ts";
import { bytes, tuple, u64 } from "../../ground/wit/wit-types.ts";
import type { NoPorts } from "../ports.ts";

/** The most that one call may ask for. */
const LARGEST_REQUEST = 64n * 1_048_576n;

function bytesAs(recordedName: string): DurableFunction<NoPorts> {
  return readLocal(recordedName, {
    types: { request: null, response: bytes },
    run: (_, length: bigint) => {
      if (length > LARGEST_REQUEST) {
        throw new RangeError(
          `${recordedName} was asked for ${length} random bytes; at most ${LARGEST_REQUEST} can be had at once`,
        );
      }
      return new Uint8Array(randomBytes(Number(length)));
    },
  });
}

function randomU64(): bigint {
  return randomBytes(8).readBigUInt64LE();
}

export const random: HostInterface<NoPorts> = {
  name: "wasi:random/random",
  functions: {
    "get-random-bytes": bytesAs("golem random::get_random_bytes"),
    "get-random-u64": readLocal("golem random::get_random_u64", {
      types: { request: null, response: u64 },
      run: randomU64,
    }),
  },
};

export const insecure: HostInterface<NoPorts> = {
  name: "wasi:random/insecure",
  functions: {
    "get-insecure-random-bytes": bytesAs("golem random::insecure::get_insecure_random_bytes"),
    "get-insecure-random-u64": readLocal("golem random::insecure::get_insecure_random_u64", {
      types: { request: null, response: u64 },
      run: randomU64,
    }),
  },
};

export const insecureSeed: HostInterface<NoPorts> = {
  name: "wasi:random/insecure-seed",
  functions: {
    "insecure-seed": readLocal("golem random::insecure_seed::insecure_seed", {
      types: { request: null, response: tuple(u64, u64) },
      run: () => [randomU64(), randomU64()],
    }),
  },
};
