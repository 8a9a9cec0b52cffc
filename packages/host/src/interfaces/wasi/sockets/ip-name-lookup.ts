import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { domainToASCII } from "node:url";

import { direct, type HostInterface, readRemote } from "../../host-interface.ts";
import { list, result, string, tuple, u16, u8, variant } from "../../../ground/wit/wit-types.ts";
import { READY, type Pollable } from "../pollable.ts";
import { ipAddressOf, type IpAddress } from "./address.ts";
import { socketError, type SocketResult } from "./error-code.ts";
import type { WaitPort } from "../../ports.ts";

const ADDRESS = variant({
  ipv4: tuple(u8, u8, u8, u8),
  ipv6: tuple(u16, u16, u16, u16, u16, u16, u16, u16),
});

/** wasi:sockets/ip-name-lookup.resolve-address-stream: all addresses are there from the start. */
interface ResolveAddressStream {
  readonly rest: Iterator<IpAddress>;
}

async function resolve(context: WaitPort, name: string): Promise<SocketResult<readonly IpAddress[]>> {
  if (isIP(name) !== 0) return { tag: "ok", val: [ipAddressOf(name)] };
  const hostName = domainToASCII(name);
  if (hostName === "") return { tag: "err", val: "invalid-argument" };
  return context.wait(
    lookup(hostName, { all: true, order: "verbatim" }).then(
      (found) => ({ tag: "ok", val: found.map(({ address }) => ipAddressOf(address)) }),
      (error: unknown) => ({ tag: "err", val: socketError(error).code }),
    ),
  );
}

export const ipNameLookup: HostInterface<WaitPort> = {
  name: "wasi:sockets/ip-name-lookup",
  functions: {
    "resolve-addresses": readRemote("sockets::ip_name_lookup::resolve_addresses", {
      types: { request: string, response: result(list(ADDRESS), string) },
      waits: true,
      request: (_, __: object, name: string) => name,
      run: (context, _: object, name: string) => resolve(context, name),
      toGuest: (_, found: SocketResult<readonly IpAddress[]>): SocketResult<ResolveAddressStream> =>
        found.tag === "err" ? found : { tag: "ok", val: { rest: found.val.values() } },
    }),
    "[method]resolve-address-stream.resolve-next-address": direct((_, { rest }: ResolveAddressStream) => ({
      tag: "ok",
      val: rest.next().value,
    })),
    "[method]resolve-address-stream.subscribe": direct((): Pollable => READY),
  },
};
