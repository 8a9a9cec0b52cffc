import type { OplogFile } from "@golem-kit/host";
import { UserError } from "./user-error.ts";

/** Characters that a secret has at least: what is shorter stands in much else, too. */
const SHORTEST = 6;

/** What stands in the place of a secret in a text. */
const MASK = "***";

/** An oplog without secrets. */
export interface Masked {
  readonly entries: OplogFile["entries"];
  /** In how many places one stood. */
  readonly places: number;
}

/**
 * An oplog in which the values of some variables of its worker stand nowhere, in no text and in no bytes. What a program has made of
 * them, such as a hash or base64, is not found.
 *
 * @param names of variables
 * @throws UserError for a variable that the worker has not, or whose value is too short to be found
 */
export function masked(entries: OplogFile["entries"], names: readonly string[]): Masked {
  const variables = variablesOf(entries);
  const secrets = names.map((name) => {
    const value = variables[name];
    if (value === undefined) {
      const known = Object.keys(variables).join(", ");
      throw new UserError(
        `The worker was created without the variable ${name}, so that its value is not known: ${known === "" ? "it has none" : `it has ${known}`}.`,
      );
    }
    if (value.length < SHORTEST)
      throw new UserError(
        `The value of ${name} has fewer than ${SHORTEST} characters, and stands in much that is no secret: it cannot be masked.`,
      );
    return value;
  });
  // A secret that is part of another one is not to leave the rest of that.
  const longestFirst = secrets.toSorted((one, other) => other.length - one.length);
  let places = 0;
  const mask = (value: unknown): unknown => {
    if (typeof value === "string") {
      return longestFirst.reduce((text, secret) => {
        const parts = text.split(secret);
        places += parts.length - 1;
        return parts.join(MASK);
      }, value);
    }
    if (Array.isArray(value)) {
      if (!value.every(isByte)) return value.map(mask);
      const bytes = Buffer.from(value);
      for (const secret of longestFirst) places += maskBytes(bytes, secret);
      return [...bytes];
    }
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [mask(key), mask(part)]));
    return value;
  };
  return { entries: mask(entries) as OplogFile["entries"], places };
}

function variablesOf(entries: OplogFile["entries"]): Readonly<Record<string, string>> {
  const create = entries.find(({ entry }) => entry.type === "Create")?.entry;
  const env: unknown = create && Reflect.get(create, "env");
  return typeof env === "object" && env !== null ? (env as Readonly<Record<string, string>>) : {};
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

/** Overwrites them: there are as many bytes afterwards. */
function maskBytes(bytes: Buffer, secret: string): number {
  const length = Buffer.byteLength(secret);
  let places = 0;
  for (let at = bytes.indexOf(secret); at !== -1; at = bytes.indexOf(secret, at + length)) {
    bytes.fill(MASK, at, at + length);
    places += 1;
  }
  return places;
}
