import type { WitField, WitType } from "../model.ts";
import { ComponentDecodeError } from "./component-decode-error.ts";

/** Signature of a function; a method's `params` still contain `self`. */
export interface FunctionType {
  readonly params: readonly WitField[];
  readonly result: WitType | null;
}

/** A resource type. Identity is the object's; its names are filled in once the interface that declares it is known. */
export interface Resource {
  name: string;
  interface: string | null;
}

export type TypeDefinition =
  | { readonly kind: "value"; readonly type: WitType }
  | { readonly kind: "function"; readonly type: FunctionType }
  | { readonly kind: "resource"; readonly resource: Resource }
  | { readonly kind: "instance"; readonly instantiate: (by: Scope) => ReadonlyMap<string, Item> }
  | { readonly kind: "component" };

/** A definition that a component refers to by index, exports by name, or is given as an import. */
export type Item =
  | { readonly sort: "function"; readonly type: FunctionType }
  | { readonly sort: "type"; readonly type: TypeDefinition }
  | { readonly sort: "instance"; readonly exports: ReadonlyMap<string, Item> }
  | { readonly sort: "component"; readonly instantiate: Instantiate | null }
  | { readonly sort: "module" };

export type Sort = Item["sort"];
type ItemOf<S extends Sort> = Extract<Item, { readonly sort: S }>;

type Instantiate = (by: Scope, args: ReadonlyMap<string, Item>) => ReadonlyMap<string, Item>;

/** The type that an import or an export is said to have. `create` makes a fresh item of it, with fresh resources. */
export interface Extern {
  readonly sort: Sort;
  readonly create: (scope: Scope) => Item;
}

/** One definition of a component or of an instance type. It is run anew for each instance, and adds to that one's scope. */
export interface Definition {
  /** Bytes it takes up, a measure of what running it costs. */
  readonly size: number;
  readonly run: (scope: Scope) => void;
}

/** Bounds what a few bytes can make a decoder do, by instantiating instances of instances of instances. */
const maximumSize = 1 << 24;
const maximumDepth = 100;

/** The index spaces, imports and exports of one component, component instance or instance type. */
export class Scope {
  readonly imports = new Map<string, Item>();
  readonly exports = new Map<string, Item>();
  readonly #parent: Scope | null;
  readonly #depth: number;
  readonly #spent: { size: number };
  /** `null` when imports are left open: they are then created from their types. */
  readonly #args: ReadonlyMap<string, Item> | null;
  readonly #spaces: { readonly [S in Sort]: ItemOf<S>[] } = {
    function: [],
    type: [],
    instance: [],
    component: [],
    module: [],
  };

  /**
   * @param parent the scope in which the definitions were written, the target of outer aliases
   * @param by the scope that asked for this instance
   * @param args what the imports are
   */
  constructor(parent: Scope | null, by: Scope | null, args: ReadonlyMap<string, Item> | null) {
    this.#parent = parent;
    this.#args = args;
    this.#depth = by === null ? 0 : by.#depth + 1;
    this.#spent = by === null ? { size: 0 } : by.#spent;
  }

  run(definitions: readonly Definition[], at: number): this {
    if (this.#depth > maximumDepth) throw unsupported(`instances nest more than ${maximumDepth} deep`, at);
    for (const definition of definitions) {
      this.#spent.size += definition.size;
      if (this.#spent.size > maximumSize) throw unsupported("its types are too large to be expanded", at);
      definition.run(this);
    }
    return this;
  }

  add(item: Item): void {
    const space: Item[] = this.#spaces[item.sort];
    space.push(item);
  }

  get<S extends Sort>(sort: S, index: number, at: number): ItemOf<S> {
    const item: ItemOf<S> | undefined = this.#spaces[sort][index];
    if (item === undefined) throw malformed(`${sort} ${index} is not defined before this point`, at);
    return item;
  }

  type<K extends TypeDefinition["kind"]>(
    kind: K,
    index: number,
    at: number,
  ): Extract<TypeDefinition, { readonly kind: K }> {
    const { type } = this.get("type", index, at);
    if (!isKind(type, kind)) throw malformed(`type ${index} is a ${type.kind} type, not a ${kind} type`, at);
    return type;
  }

  /** The scope `count` levels outwards; 0 is this one. */
  outer(count: number, at: number): Scope {
    if (count === 0) return this;
    if (this.#parent === null) throw malformed("an alias reaches outside of the component", at);
    return this.#parent.outer(count - 1, at);
  }

  import(name: string, extern: Extern, at: number): void {
    if (this.imports.has(name)) throw malformed(`it imports "${name}" twice`, at);
    const item = this.#args === null ? named(extern.create(this), name) : this.#args.get(name);
    if (item?.sort !== extern.sort) {
      throw malformed(`import "${name}" should be a ${extern.sort} but is ${item?.sort ?? "missing"}`, at);
    }
    this.imports.set(name, item);
    this.add(item);
  }

  export(name: string, item: Item, at: number): void {
    if (this.exports.has(name)) throw malformed(`it exports "${name}" twice`, at);
    const exported = named(item, name);
    this.exports.set(name, exported);
    this.add(exported);
  }
}

/** An anonymous record, variant, enum or flags type takes the name under which it is first exported. */
export function named(item: Item, name: string): Item {
  if (item.sort !== "type" || item.type.kind !== "value") return item;
  const { type } = item.type;
  if (!("name" in type) || type.name !== null) return item;
  return { sort: "type", type: { kind: "value", type: { ...type, name } } };
}

function isKind<K extends TypeDefinition["kind"]>(
  type: TypeDefinition,
  kind: K,
): type is Extract<TypeDefinition, { readonly kind: K }> {
  return type.kind === kind;
}

function malformed(reason: string, at: number): ComponentDecodeError {
  return new ComponentDecodeError("malformed", reason, at);
}

function unsupported(reason: string, at: number): ComponentDecodeError {
  return new ComponentDecodeError("unsupported", reason, at);
}
