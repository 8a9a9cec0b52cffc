import type { WitPosition } from "./ast.ts";
import { BUILT_IN_TYPES } from "./keywords.ts";
import type { WitType } from "./model.ts";
import { nearestName } from "./nearest-name.ts";
import { WitError, type WitErrorCode } from "./wit-error.ts";

interface ScopeEntry {
  readonly at: WitPosition | undefined;
  /** Absent for a function, which takes a name but is no type. */
  readonly resolve?: () => WitType;
  type?: WitType;
}

/** The names of one interface or world. Types are resolved when they are first needed, so their order does not matter. */
export class TypeScope {
  readonly #file: string;
  readonly #entries = new Map<string, ScopeEntry>();
  /** The types that are being resolved, outermost first. */
  readonly #pending: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Takes a name for a type, or without `resolve` for a function.
   *
   * @throws WitError `duplicate-name`
   */
  define(name: string, at: WitPosition | undefined, resolve?: () => WitType): void {
    const other = this.#entries.get(name);
    if (other !== undefined) {
      const where = other.at === undefined ? "" : ` in line ${other.at.line}`;
      throw this.error("duplicate-name", `\`${name}\` is already declared${where}`, name, at);
    }
    this.#entries.set(name, resolve === undefined ? { at } : { at, resolve });
  }

  /** The type that a name means here, used at `at`. */
  type(name: string, at: WitPosition | undefined): WitType {
    const entry = this.#entries.get(name);
    if (entry?.type !== undefined) return entry.type;
    if (entry?.resolve === undefined) throw this.#unknown(name, at, entry !== undefined);
    if (this.#pending.includes(name)) {
      const chain = [...this.#pending.slice(this.#pending.indexOf(name)), name].join("` → `");
      const remedy = "WIT has no recursive types; keep the parts in a list and refer to them by index";
      throw this.error("cycle", `type \`${chain}\` contains itself: ${remedy}`, name, at);
    }
    this.#pending.push(name);
    entry.type = entry.resolve();
    this.#pending.pop();
    return entry.type;
  }

  /** Every type of the scope, in the order of declaration. */
  types(): Map<string, WitType> {
    const types = new Map<string, WitType>();
    for (const [name, { at, resolve }] of this.#entries) {
      if (resolve !== undefined) types.set(name, this.type(name, at));
    }
    return types;
  }

  /** @throws WitError `duplicate-name` when two of the names are the same but for case. */
  checkDistinct(names: readonly { readonly name: string; readonly at?: WitPosition }[], what: string): void {
    const seen = new Set<string>();
    for (const { name, at } of names) {
      if (seen.has(name.toLowerCase())) {
        throw this.error("duplicate-name", `\`${name}\` is already ${what}`, name, at);
      }
      seen.add(name.toLowerCase());
    }
  }

  error(
    code: WitErrorCode,
    problem: string,
    text: string,
    at: WitPosition | undefined,
    nearest?: string,
  ): WitError {
    return new WitError(code, problem, { file: this.#file, at, text, nearest });
  }

  #unknown(name: string, at: WitPosition | undefined, isFunction: boolean): WitError {
    if (isFunction) return this.error("invalid-type", `\`${name}\` is a function, not a type`, name, at);
    const types = [...this.#entries].filter(([, { resolve }]) => resolve !== undefined);
    const known = [...types.map(([type]) => type), ...BUILT_IN_TYPES];
    const problem = `no type \`${name}\` is declared or used here`;
    return this.error("unknown-name", problem, name, at, nearestName(name, known));
  }
}
