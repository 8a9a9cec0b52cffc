import { UserError } from "@golem-kit/cli";
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

/** Those that are named; all of them if none is. @throws UserError for an unknown name */
export function contractsNamed(names: readonly string[]): readonly Contract[] {
  const unknown = names.find((name) => !contracts.some((contract) => contract.name === name));
  if (unknown !== undefined) {
    const known = contracts.map(({ name }) => name).join(", ");
    throw new UserError(`There is no contract ${JSON.stringify(unknown)}, only ${known}`, { exitCode: 2 });
  }
  return names.length === 0 ? contracts : contracts.filter(({ name }) => names.includes(name));
}
