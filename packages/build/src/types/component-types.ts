import { syncFolder } from "../files.ts";
import { compatibleModules } from "./compatible-modules.ts";
import { declareModule, guestModules } from "./guest-modules.ts";

export interface ComponentTypesInput {
  /** Folder of the component's generated WIT. */
  readonly witDir: string;
  /** `shop:cart/cart` */
  readonly worldId: string;
  /** Interfaces whose types are the same for every component, and declared elsewhere. */
  readonly platform: ReadonlySet<string>;
}

/** Writes the types of a component's exports and RPC clients to a folder, one file an interface. */
export async function writeComponentTypes(
  dir: string,
  { witDir, worldId, platform }: ComponentTypesInput,
): Promise<void> {
  const { interfaces } = await guestModules(witDir, worldId);
  const own = [...interfaces].filter(([id]) => !platform.has(id));
  const files = own.map(([id, body]) => {
    const text = [declareModule(id, body), ...compatibleModules(id)].join("\n");
    return [`${id.replace(/[^\w.]+/g, "-")}.d.ts`, text] as const;
  });
  await syncFolder(dir, new Map(files));
}
