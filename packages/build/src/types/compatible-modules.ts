/**
 * Module declarations that let every semver-compatible spelling of an interface resolve to the one that exists:
 * `golem:api/host`, `golem:api/host@1.1.0` and `golem:api/host@1.5.2` are all `golem:api/host@1.1.6`.
 */
export function compatibleModules(id: string): readonly string[] {
  const at = id.indexOf("@");
  if (at < 0) return [];
  const plain = id.slice(0, at);
  const spellings = [plain, `${plain}@${compatiblePattern(id.slice(at + 1))}`];
  const superseded = SUPERSEDED.get(plain.slice(0, plain.indexOf("/")));
  if (superseded !== undefined) spellings.push(`${plain}@${superseded}`);
  return spellings.map((spelling) => `declare module "${spelling}" {\n  export * from "${id}";\n}\n`);
}

/** Older versions that Golem's documentation still names, though the server offers the next major one. */
const SUPERSEDED: ReadonlyMap<string, string> = new Map([["golem:api", "0.2.*"]]);

function compatiblePattern(version: string): string {
  const [major = "0", minor = "0", patch = "0"] = version.split(".");
  if (major !== "0") return `${major}.*`;
  return minor === "0" ? `0.0.${patch}` : `0.${minor}.*`;
}
