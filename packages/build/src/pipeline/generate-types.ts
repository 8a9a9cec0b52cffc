import type { WitWorld } from "@golem-kit/wit";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import { writeComponentTypes } from "../types/component-types.ts";
import { type ApplicationWit, generateWit, readApplicationWit } from "../wit/generate-wit.ts";
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
    const { files, world } = await generateWit(app, component, wit);
    await withWitFolder(files, (witDir) => writeTypes(component, { witDir, world, wit }));
  }
}

export interface TypesInput {
  /** Folder of the generated WIT, with the exports of other components cut to their types. */
  readonly witDir: string;
  readonly world: WitWorld;
  readonly wit: ApplicationWit;
}

/** Writes the types of one component. */
export function writeTypes(
  component: ApplicationComponent,
  { witDir, world, wit }: TypesInput,
): Promise<void> {
  const platform = new Set(resolveTexts(wit.platform).interfaces);
  const exports = Array.from(world.exports, ([name, item]) =>
    item.kind === "interface" ? item.interface.id : name,
  );
  return writeComponentTypes(outputsOf(component).types, {
    component: component.name,
    exports,
    witDir,
    worldId: world.id,
    platform,
  });
}
