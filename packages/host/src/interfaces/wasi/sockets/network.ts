import { direct, type HostInterface } from "../../host-interface.ts";
import type { NoPorts } from "../../ports.ts";

/** What stands for wasi:sockets/network.network: there is one, and what it reaches is decided per address. */
const NETWORK = {};

export const instanceNetwork: HostInterface<NoPorts> = {
  name: "wasi:sockets/instance-network",
  functions: { "instance-network": direct(() => NETWORK) },
};

export const network: HostInterface<NoPorts> = {
  name: "wasi:sockets/network",
  functions: {},
};
