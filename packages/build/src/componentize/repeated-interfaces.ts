/** What the bindings call a resource of an imported interface: its class, its registry, the function that drops a handle. */
const RESOURCE_NAME =
  /(?<=^|[^\w$])(?:\$resource_|finalizationRegistry_)?import[_$]\w+\$(?:drop\$)?\w+(?![\w$])/g;
const DECLARED = /^(?:class|const) ([\w$]+)/;

/**
 * Tells apart the resources of imported interfaces that have one name in different packages (`shop:ce/ce`, `archive:ce/ce`): the
 * bindings that componentize-js generates declare them by the interface's name alone, and so twice.
 *
 * The interfaces come in one order everywhere: the second declaration of a name, and all that stands in it, is the second
 * interface's.
 */
export function mendRepeatedInterfaces(bindings: string): string {
  const parts = bindings.split(/^(?=\S)/m);
  const declared = parts.map((part) => DECLARED.exec(part)?.[1]);
  const repeated = new Set(declared.filter((name, at) => name !== undefined && declared.indexOf(name) < at));
  if (repeated.size === 0) return bindings;
  for (const name of repeated) repeated.add(dropOf(name));
  const seen = new Map<string, number>();
  const count = (name: string): number => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before;
  };
  return parts
    .map((part, at) => {
      const name = declared[at];
      const own = name !== undefined && repeated.has(name) ? count(name) : undefined;
      return part.replaceAll(RESOURCE_NAME, (text) => {
        if (!repeated.has(text)) return text;
        const index =
          own ?? (part.startsWith("let ") || name === undefined ? count(`${kindOf(part)} ${text}`) : 0);
        return index === 0 ? text : `${text}$${index}`;
      });
    })
    .join("");
}

/** `import$cart$order` of `finalizationRegistry_`, which is declared, `$resource_import$cart$drop$order`, which is in a list. */
function dropOf(name: string | undefined): string | undefined {
  const [, owner, resource] = /^finalizationRegistry_import\$(\w+)\$(\w+)$/.exec(name ?? "") ?? [];
  return owner === undefined ? undefined : `$resource_import$${owner}$drop$${resource}`;
}

/** Names are counted apart in the list of functions and in the modules that offer the classes. */
function kindOf(part: string): string {
  return /^\w*/.exec(part)?.[0] ?? "";
}
