import {
  canBeRead,
  generateRpc,
  parseWit,
  pruneForeignExports,
  resolveWit,
  type RpcComponent,
  type RpcDynamicLinking,
  type RpcInput,
  type RpcTarget,
  type RpcWit,
  WitError,
  type WitTexts,
  type WitWorld,
} from "@golem-kit/wit";
import { displayPath } from "../display-path.ts";
import { syncFolder } from "../files.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { declaresTheSame } from "./declares-the-same.ts";
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
  return {
    platform: new Map(platform.flatMap((texts) => Array.from(texts))),
    components: new Map(components),
  };
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
  const rpcComponent = ({ name, sourceWit }: ApplicationComponent): RpcComponent => {
    return { name, wit: wit.components.get(name) ?? new Map(), folder: displayPath(sourceWit) };
  };
  const rpcTarget = (target: ApplicationComponent): RpcTarget => {
    return { ...rpcComponent(target), type: callType(target) };
  };
  const all = [...app.components.values()];
  const isCalled = all.some(({ dependencies }) =>
    dependencies.some(({ target }) => target === component.name),
  );
  const targets = component.dependencies.flatMap(({ target }) => app.components.get(target) ?? []);
  const {
    files,
    world: worldId,
    dynamicLinking,
  } = generateAtSource(component, wit, {
    component: rpcComponent(component),
    calledAs: isCalled ? callType(component) : undefined,
    dependencies: targets.map(rpcTarget),
    others: all
      .filter((each) => each !== component && !targets.includes(each))
      .map(rpcComponent)
      // One that cannot be read is told by its own build, and harms only those that use its types.
      .filter(canBeRead),
    platform: wit.platform,
  });
  await syncFolder(component.generatedWit, files, { isSame: declaresTheSame });
  const pruned = pruneForeignExports(files);
  return { files: pruned, worldId, world: resolveTexts(pruned).world(worldId), dynamicLinking };
}

function callType({ componentType }: ApplicationComponent): RpcTarget["type"] {
  return componentType === "ephemeral" ? "ephemeral" : "durable";
}

/** A mistake that shows only in what is generated is reported where the source has it, if it is one there. */
function generateAtSource(
  { name, sourceWit }: ApplicationComponent,
  wit: ApplicationWit,
  input: RpcInput,
): RpcWit {
  try {
    return generateRpc(input);
  } catch (error) {
    const parse = (texts: WitTexts, folder: string) =>
      Array.from(texts, ([path, text]) => parseWit(text, { file: `${folder}/${path}` }));
    try {
      resolveWit([
        ...parse(wit.components.get(name) ?? new Map(), displayPath(sourceWit)),
        ...parse(wit.platform, "deps"),
      ]);
    } catch (atSource) {
      if (atSource instanceof WitError && !atSource.text.includes("-exports")) throw atSource;
    }
    throw error;
  }
}
