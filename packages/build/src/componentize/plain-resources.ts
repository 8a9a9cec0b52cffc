/**
 * Adds the classes of imported resources that have no methods, such as `wasi:sockets/network.network`, to the bindings that
 * componentize-js generates: they make objects of such a class, but do not define it, so that the first handle traps.
 */
export function mendPlainResources(bindings: string): string {
  const used = new Set(
    Array.from(bindings.matchAll(/Object\.create\((import_[\w$]+)\.prototype\)/g), ([, name = ""]) => name),
  );
  const missing = [...used].filter((name) => !bindings.includes(`class ${name} `));
  return bindings + missing.map(declareClass).join("");
}

/** @param name `import_network_0_2_0$Network` */
function declareClass(name: string): string {
  const [owner = "", resource = ""] = name.replace("import_", "").split("$");
  const lowerCamel = resource.charAt(0).toLowerCase() + resource.slice(1);
  return `
class ${name} {
  [symbolDispose]() {
    finalizationRegistry_import$${owner}$${lowerCamel}.unregister(this);
    $resource_import$${owner}$drop$${lowerCamel}(this[symbolRscHandle]);
    this[symbolRscHandle] = undefined;
  }
}
`;
}
