import type { ProgramServer } from "../program-server.ts";

/** A server on which a contract is tried, and names that nobody else uses. */
export interface Trial {
  readonly server: ProgramServer;
  /** A name that begins so and that no other trial, also of another run, uses. It is cleaned up. */
  readonly worker: (purpose: string) => string;
  readonly bucket: string;
  readonly container: string;
}

/** One sentence of a contract, and how it is tried. */
export interface ContractPromise {
  readonly says: string;
  /** @throws AssertionError if the server does not keep it */
  readonly holds: (trial: Trial) => Promise<void>;
  /** How Golem 1.2.0 is known to deviate from it. @default it keeps it */
  readonly deviation?: string;
}

export interface Contract {
  readonly name: string;
  readonly promises: readonly ContractPromise[];
}
