import { expect, test } from "vitest";

import { declaredFunctions, functionText } from "../../host/test/coverage/platform-functions.ts";
import { ReachedFunctions } from "./reached-functions.ts";

/** What the SDK leaves to the bindings, by the reason. */
const RAW: Readonly<Record<string, readonly string[]>> = {
  "it would stop the whole worker, where the SDK waits": [
    "golem:rpc/types.[method]wasm-rpc.invoke-and-await",
    "wasi:io/poll.[method]pollable.block",
    "wasi:io/poll.[method]pollable.ready",
    "wasi:io/streams.[method]input-stream.blocking-read",
    "wasi:io/streams.[method]input-stream.blocking-skip",
    "wasi:io/streams.[method]output-stream.blocking-flush",
    "wasi:io/streams.[method]output-stream.blocking-splice",
    "wasi:io/streams.[method]output-stream.blocking-write-and-flush",
    "wasi:io/streams.[method]output-stream.blocking-write-zeroes-and-flush",
  ],
  "it does less than another function that the SDK uses, or asks for what the SDK has set": [
    "golem:rpc/types.[method]wasm-rpc.schedule-invocation",
    "golem:rpc/types.parse-uuid",
    "golem:rpc/types.uuid-to-string",
    "wasi:clocks/monotonic-clock.subscribe-duration",
    "wasi:http/types.[method]fields.clone",
    "wasi:http/types.[method]fields.delete",
    "wasi:http/types.[method]outgoing-request.authority",
    "wasi:http/types.[method]outgoing-request.path-with-query",
    "wasi:http/types.[method]outgoing-request.scheme",
    "wasi:http/types.[method]outgoing-response.status-code",
    "wasi:http/types.[method]request-options.between-bytes-timeout",
    "wasi:http/types.[method]request-options.connect-timeout",
    "wasi:http/types.[method]request-options.first-byte-timeout",
    "wasi:io/streams.[method]output-stream.write-zeroes",
    "wasi:sockets/tcp.[method]tcp-socket.address-family",
    "wasi:sockets/tcp.[method]tcp-socket.is-listening",
    "wasi:sockets/udp.[method]udp-socket.address-family",
  ],
  "what it records can be read back only in a form of the host's own": [
    "golem:durability/durability.persist-typed-durable-function-invocation",
  ],
  "it takes a value whole into memory, where the SDK reads parts": [
    "wasi:blobstore/types.[method]incoming-value.incoming-value-consume-async",
  ],
  "it does not work on Golem 1.2": [
    "wasi:blobstore/container.[method]container.delete-object",
    "wasi:cli/stdin.get-stdin",
    "wasi:keyvalue/atomic.*",
    "wasi:keyvalue/cache.*",
    "wasi:keyvalue/types.[method]incoming-value.incoming-value-consume-async",
    "wasi:keyvalue/types.[method]outgoing-value.outgoing-value-write-body-async",
    "wasi:keyvalue/wasi-keyvalue-error.*",
  ],
};

const raw = new Set(Object.values(RAW).flat());

test("the SDK comes to every function of the platform, but for those that are better left to the bindings", () => {
  const reached = new ReachedFunctions();
  const missing = declaredFunctions()
    .filter(({ interfaceName, functionName }) => !reached.has(interfaceName, functionName))
    .map((each) => (raw.has(`${each.interfaceName}.*`) ? `${each.interfaceName}.*` : functionText(each)));
  expect([...new Set(missing)].toSorted()).toEqual([...raw].toSorted());
});
