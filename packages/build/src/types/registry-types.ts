import { declareModule } from "./guest-modules.ts";

export interface RegistryInput {
  /** `shop:cart` */
  readonly component: string;
  /** Ids of the interfaces that it exports. */
  readonly exports: readonly string[];
  /** Bodies of its own interfaces, and of those that they refer to, as the component sees them. */
  readonly interfaces: ReadonlyMap<string, string>;
}

/**
 * Declares under which types all others of the application know a component: `GolemKitComponents["shop:cart"]`, by interface. The
 * modules have names of their own, for a component that calls this one sees other parts of the same interfaces.
 */
export function registryTypes({ component, exports, interfaces }: RegistryInput): string {
  const moduleOf = (id: string): string => `golem-kit:${component}/${id}`;
  const needed = new Set(exports);
  // Grows while it is gone through: what is found in one body is looked into as well.
  for (const id of needed) {
    const body = interfaces.get(id) ?? "";
    for (const other of interfaces.keys()) if (body.includes(importOf(other))) needed.add(other);
  }
  const modules = Array.from(needed, (id) => {
    const body = interfaces.get(id) ?? "";
    const renamed = [...needed].reduce(
      (text, other) => text.replaceAll(importOf(other), importOf(moduleOf(other))),
      body,
    );
    return declareModule(moduleOf(id), renamed);
  });
  const members = exports.map(
    (id) => `    ${JSON.stringify(id)}: typeof import(${JSON.stringify(moduleOf(id))});\n`,
  );
  const entry = `interface GolemKitComponents {\n  ${JSON.stringify(component)}: {\n${members.join("")}  };\n}\n`;
  return [
    `// How tests know ${component}. Written by golem-kit build. Do not edit.\n`,
    entry,
    ...modules,
  ].join("\n");
}

/** As the type generator writes it. */
function importOf(id: string): string {
  return `import('${id}')`;
}
