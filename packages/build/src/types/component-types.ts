import { compatibleModules } from "./compatible-modules.ts";
import { declareModule, guestModules } from "./guest-modules.ts";
import { registryTypes } from "./registry-types.ts";

export interface ComponentTypesInput {
  /** `shop:cart` */
  readonly component: string;
  /** Folder of the component's generated WIT. */
  readonly witDir: string;
  /** `shop:cart/cart` */
  readonly worldId: string;
  /** Ids of the interfaces, and names of the functions, that the component exports. */
  readonly exports: readonly string[];
  /** Interfaces whose types are the same for every component, and declared elsewhere. */
  readonly platform: ReadonlySet<string>;
}

/**
 * The types of a component's exports and RPC clients by file name, one file an interface, and `registry.d.ts` for whoever tests
 * it. Takes half a second.
 */
export async function componentTypes({
  component,
  exports,
  witDir,
  worldId,
  platform,
}: ComponentTypesInput): Promise<ReadonlyMap<string, string>> {
  const { interfaces } = await guestModules(witDir, worldId);
  const own = [...interfaces].filter(([id]) => !platform.has(id));
  const files = own.map(([id, body]) => {
    const text = [declareModule(id, body), ...compatibleModules(id)].join("\n");
    return [`${id.replace(/[^\w.]+/g, "-")}.d.ts`, text] as const;
  });
  // A component is known with all that it exports, or not at all.
  const isKnown = exports.every((id) => interfaces.has(id)) && exports.some((id) => !platform.has(id));
  const known = { component, exports: exports.filter((id) => !platform.has(id)), interfaces: new Map(own) };
  const registry = isKnown ? [["registry.d.ts", registryTypes(known)] as const] : [];
  return new Map([...files, ...registry]);
}
