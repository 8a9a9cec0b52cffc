import { blobStoreContract } from "./blobstore-contract.ts";
import { filesystemContract } from "./filesystem-contract.ts";
import { keyValueContract } from "./keyvalue-contract.ts";
import type { Contract } from "./promise-of-a-contract.ts";
import { promiseContract } from "./promise-contract.ts";
import { rpcContract } from "./rpc-contract.ts";

/** What a Golem server promises its components, by topic. */
export const contracts: readonly Contract[] = [
  keyValueContract,
  blobStoreContract,
  filesystemContract,
  promiseContract,
  rpcContract,
];
