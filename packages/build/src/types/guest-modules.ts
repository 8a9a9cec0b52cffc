/** Of a world: one module for each interface that it touches. */
export interface GuestModules {
  /** Interface identifier (`golem:api/host@1.1.6`) → body of its `declare module` block, indented by two spaces. */
  readonly interfaces: ReadonlyMap<string, string>;
}

/**
 * TypeScript declarations of a world as the guest sees it, one ambient module per interface.
 *
 * @param witDir folder of the world's WIT with `deps/`; costs about half a second.
 */
export async function guestModules(witDir: string, world: string): Promise<GuestModules> {
  const { generateGuestTypes } = await import("@bytecodealliance/jco-transpile");
  const files = await generateGuestTypes(witDir, { worldName: world, outDir: "", variantsInlineCases: true });
  const interfaces = new Map<string, string>();
  for (const [path, bytes] of fileEntries(files)) {
    if (!path.startsWith("interfaces/")) continue;
    const [id, body] = moduleOf(new TextDecoder().decode(bytes));
    interfaces.set(id, tolerateUndefined(body));
  }
  return { interfaces };
}

/** `declare module "id" { body }`, the form in which an editor finds a WIT import. */
export function declareModule(id: string, body: string): string {
  return `declare module ${JSON.stringify(id)} {\n${body}\n}\n`;
}

function fileEntries(files: unknown): readonly (readonly [string, Uint8Array])[] {
  const entries: unknown = Array.isArray(files) ? files : Object.entries(Object(files));
  return entries as [string, Uint8Array][];
}

function moduleOf(text: string): readonly [id: string, body: string] {
  const match = /^declare module '([^']+)' \{\n([\s\S]*)\n\}/m.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new Error(`The type generator wrote a file without a module declaration: ${text.slice(0, 80)}`);
  }
  const body = match[2]
    .replace(/^ {2}\/\*\*\n(?: {3}\*.*\n)*? {3}\* # Variants[\s\S]*?\*\/\n/gm, "")
    .replace(/[ \t]+$/gm, "");
  return [match[1], body];
}

/** An absent option may also be given as `undefined`, whatever the compiler's options. */
function tolerateUndefined(body: string): string {
  return body.replace(/^(\s+\w+\?: .*),$/gm, "$1 | undefined,");
}
