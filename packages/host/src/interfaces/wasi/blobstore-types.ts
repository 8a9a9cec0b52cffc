import { direct, type HostInterface } from "../host-interface.ts";
import { OutgoingValue } from "./outgoing-value.ts";
import { inputStreamOf, outputStreamTo } from "./streams.ts";
import type { NoPorts } from "../ports.ts";

const ok = <T>(val: T) => ({ tag: "ok", val }) as const;

export const blobstoreTypes: HostInterface<NoPorts> = {
  name: "wasi:blobstore/types",
  functions: {
    "[static]outgoing-value.new-outgoing-value": direct(() => new OutgoingValue()),
    "[method]outgoing-value.outgoing-value-write-body": direct((_, value: OutgoingValue) =>
      ok(outputStreamTo((chunk) => value.append(chunk))),
    ),
    "[method]incoming-value.incoming-value-consume-sync": direct((_, content: Uint8Array) => ok(content)),
    "[method]incoming-value.incoming-value-consume-async": direct((_, content: Uint8Array) =>
      ok(inputStreamOf(content)),
    ),
    "[method]incoming-value.size": direct((_, content: Uint8Array) => BigInt(content.length)),
  },
};
