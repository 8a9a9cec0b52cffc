import { createHash } from "node:crypto";
import type { BuildCache } from "../cache/build-cache.ts";
import { syncFolder } from "../files.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { commentsForTypes } from "../types/comments-for-types.ts";
import { componentTypes } from "../types/component-types.ts";
import {
  type ApplicationWit,
  type GeneratedWit,
  generateWit,
  readApplicationWit,
} from "../wit/generate-wit.ts";
import { resolveTexts, withWitFolder } from "../wit/wit-texts.ts";
import { outputsOf } from "./outputs.ts";

/**
 * Writes what an editor and the type checker need of every component: its `wit-generated` and `generated`. Takes a fraction of
 * a second a component, and compiles nothing.
 *
 * @throws WitError with file, line and column
 */
export async function generateTypes(app: Application): Promise<void> {
  const wit = await readApplicationWit(app);
  for (const component of app.components.values()) {
    await writeTypes(component, await generateWit(app, component, wit), wit);
  }
}

export interface TypesCache {
  readonly cache: BuildCache;
  /** Hash of the tools that make types. */
  readonly tools: string;
}

/** Writes the types of one component; what a cache knows, nobody generates again. */
export async function writeTypes(
  component: ApplicationComponent,
  { files: texts, world, worldId }: GeneratedWit,
  wit: ApplicationWit,
  cached?: TypesCache,
): Promise<void> {
  const exports = Array.from(world.exports, ([name, item]) =>
    item.kind === "interface" ? item.interface.id : name,
  );
  const generate = (): Promise<ReadonlyMap<string, string>> =>
    withWitFolder(commentsForTypes(texts), (witDir) => {
      const platform = new Set(resolveTexts(wit.platform).interfaces);
      return componentTypes({ component: component.name, exports, witDir, worldId, platform });
    });
  const files =
    cached === undefined
      ? await generate()
      : await remembered(cached, [component.name, [...texts], worldId, [...wit.platform.values()]], generate);
  await syncFolder(outputsOf(component).types, files);
}

/** @param input all that the files are made of, apart from the tools */
async function remembered(
  { cache, tools }: TypesCache,
  input: unknown,
  generate: () => Promise<ReadonlyMap<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const hash = createHash("sha256").update(JSON.stringify([tools, input]));
  const key = `types-${hash.digest("hex")}`;
  const known = await cache.read(key);
  const text = (content: Uint8Array): string => Buffer.from(content).toString();
  if (known !== undefined) return new Map(Array.from(known, ([name, content]) => [name, text(content)]));
  const files = await generate();
  await cache.write(key, new Map(Array.from(files, ([name, content]) => [name, Buffer.from(content)])));
  return files;
}
