import { analysedType, camelCase, pascalCase, type WitFunction, type WitWorld } from "@golem-kit/wit";

/** A function that callers of an older version may call in vain. */
export interface InterfaceChange {
  /** `add-line`, `invoice.add` */
  readonly function: string;
  readonly change: "gone" | "changed";
  /** What a program reads of a client to call it: `addLine`, `blockingAddLine`, `scheduleAddLine`. */
  readonly members: readonly string[];
}

/** What a world offers no longer, or otherwise than before. What is new breaks nobody. */
export function interfaceChanges(before: WitWorld, after: WitWorld): readonly InterfaceChange[] {
  const offered = functionsOf(after);
  return Array.from(functionsOf(before)).flatMap(([id, known]) => {
    const now = offered.get(id);
    if (now !== undefined && signature(now) === signature(known)) return [];
    const change = now === undefined ? "gone" : "changed";
    return [{ function: shownName(known.name), change, members: membersOf(known.name) } as const];
  });
}

/** The functions that a world exports, by interface (whatever its version) and name. */
function functionsOf(world: WitWorld): ReadonlyMap<string, WitFunction> {
  const functions = new Map<string, WitFunction>();
  for (const [owner, item] of world.exports) {
    const all = item.kind === "interface" ? item.interface.functions.values() : [item.function];
    for (const each of all) functions.set(`${owner.split("@")[0]}#${each.name}`, each);
  }
  return functions;
}

function signature({ params, result }: WitFunction): string {
  const types = params.map(({ name, type }) => [name, analysedType(type)]);
  return JSON.stringify([types, result && analysedType(result)]);
}

/** `[method]invoice.add` → `invoice.add` */
function shownName(name: string): string {
  return name.replace(/^\[\w+\]/, "");
}

function membersOf(name: string): readonly string[] {
  const own = name.slice(name.lastIndexOf(".") + 1);
  // A client's constructor is called by its class.
  if (name.startsWith("[constructor]")) return [pascalCase(own.replace(/^\[\w+\]/, ""))];
  const called = pascalCase(own);
  return [camelCase(own), `blocking${called}`, `schedule${called}`];
}
