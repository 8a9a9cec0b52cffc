import {
  generateRpc,
  parseWit,
  printWit,
  pruneForeignExports,
  type RpcComponent,
  type RpcDynamicLinking,
  type RpcTarget,
  type WitTexts,
  type WitWorld,
} from "@golem-kit/wit";
import { displayPath } from "../display-path.ts";
import { syncFolder } from "../files.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { readWitFolder } from "./read-wit-folder.ts";
import { resolveTexts } from "./wit-texts.ts";

/** The WIT of every component of an application and of the platform: what generated WIT is made of. */
export interface ApplicationWit {
  readonly components: ReadonlyMap<string, WitTexts>;
  readonly platform: WitTexts;
}

/** The WIT that a component is built with. */
export interface GeneratedWit {
  /** The folder `wit-generated`, with the exports of other components cut to their types. */
  readonly files: WitTexts;
  /** `shop:cart/cart` */
  readonly worldId: string;
  readonly world: WitWorld;
  readonly dynamicLinking: RpcDynamicLinking;
}

export async function readApplicationWit(app: Application): Promise<ApplicationWit> {
  const platform = await Promise.all(app.witDeps.map(readWitFolder));
  const components = await Promise.all(
    Array.from(
      app.components.values(),
      async ({ name, sourceWit }) => [name, await readWitFolder(sourceWit)] as const,
    ),
  );
  return { platform: new Map(platform.flatMap((texts) => [...texts])), components: new Map(components) };
}

/**
 * Generates a component's WIT with its RPC clients, and writes it to its `wit-generated`, the same declarations that Golem's
 * command line writes. Files that already declare the same are left alone.
 *
 * @throws WitError with file, line and column
 */
export async function generateWit(
  app: Application,
  component: ApplicationComponent,
  wit: ApplicationWit,
): Promise<GeneratedWit> {
  const rpcComponent = ({ name, sourceWit }: ApplicationComponent): RpcComponent => ({
    name,
    wit: wit.components.get(name) ?? new Map(),
    folder: displayPath(sourceWit),
  });
  const targets = component.dependencies.flatMap(({ target }) => app.components.get(target) ?? []);
  const {
    files,
    world: worldId,
    dynamicLinking,
  } = generateRpc({
    component: rpcComponent(component),
    dependencies: targets.map((target): RpcTarget => ({
      ...rpcComponent(target),
      type: target.componentType === "ephemeral" ? "ephemeral" : "durable",
    })),
    others: [...app.components.values()]
      .filter((each) => each !== component && !targets.includes(each))
      .map(rpcComponent),
    platform: wit.platform,
  });
  await syncFolder(component.generatedWit, files, { isSame: declaresTheSame });
  const pruned = pruneForeignExports(files);
  return { files: pruned, worldId, world: resolveTexts(pruned).world(worldId), dynamicLinking };
}

function declaresTheSame(present: string, wanted: string): boolean {
  try {
    return printWit(parseWit(present)) === printWit(parseWit(wanted));
  } catch {
    return false;
  }
}
