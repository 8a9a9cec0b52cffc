import { AssertionError } from "node:assert/strict";
import { RestError } from "@golem-kit/cli";
import type { ProgramServer } from "../program-server.ts";
import type { Contract } from "./promise-of-a-contract.ts";
import { tryPromise } from "./try-promise.ts";

export interface Conformance {
  readonly kept: number;
  /** Not kept, as Golem 1.2.0 is known not to. */
  readonly deviated: number;
  readonly broken: number;
}

/**
 * Tries every promise of contracts on a server.
 *
 * @param knownDeviations true if the server may deviate where Golem 1.2.0 does
 * @param print is given a line for each promise
 * @throws UserError if the server is not there any more
 */
export async function runConformance(
  server: ProgramServer,
  contracts: readonly Contract[],
  knownDeviations: boolean,
  print: (line: string) => void,
): Promise<Conformance> {
  const count = { kept: 0, deviated: 0, broken: 0 };
  for (const { name, promises } of contracts) {
    print(`\n${name}`);
    for (const promise of promises) {
      const failure = await failureOf(tryPromise(server, promise));
      if (failure === undefined) {
        count.kept += 1;
        print(`  ✔ ${promise.says}`);
      } else if (knownDeviations && promise.deviation !== undefined) {
        count.deviated += 1;
        print(`  ~ ${promise.says}\n      known: ${promise.deviation}`);
      } else {
        count.broken += 1;
        print(`  ✖ ${promise.says}\n${failure.replaceAll(/^/gm, "      ")}`);
      }
    }
  }
  return count;
}

/** A server that answers something else is a finding; one that does not answer at all ends the run. */
async function failureOf(trial: Promise<void>): Promise<string | undefined> {
  try {
    await trial;
    return undefined;
  } catch (error) {
    if (error instanceof AssertionError || error instanceof RestError) return error.message;
    throw error;
  }
}
