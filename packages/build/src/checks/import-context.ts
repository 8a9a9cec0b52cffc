import { parseWit, parseWitId, printWitId, WitError, type WitFile, type WitWorld } from "@golem-kit/wit";
import { join } from "node:path";
import { displayPath } from "../display-path.ts";
import type { Application, ApplicationComponent } from "../manifest/application.ts";
import type { ApplicationWit } from "../wit/generate-wit.ts";
import { resolveTexts } from "../wit/wit-texts.ts";
import type { ImportContext } from "./check-imports.ts";

/** What a message about an import of a component may want to name. */
export function importContext(
  component: ApplicationComponent,
  world: WitWorld,
  { app, wit }: { readonly app: Application; readonly wit: ApplicationWit },
): ImportContext {
  const name = parseWitId(world.id)?.name ?? world.id;
  return {
    component: component.name,
    world,
    worldPlace: worldPlace(component, name, wit),
    available: resolveTexts(wit.platform),
    clients: clientsOf(app, component, wit),
    manifest: displayPath(component.manifest),
  };
}

function worldPlace({ name, sourceWit }: ApplicationComponent, world: string, wit: ApplicationWit): string {
  for (const [path, text] of wit.components.get(name) ?? []) {
    const declared = parseWit(text).items.find((item) => item.kind === "world" && item.name === world);
    if (declared !== undefined) return `${displayPath(join(sourceWit, path))}:${declared.at?.line ?? 1}`;
  }
  return displayPath(sourceWit);
}

/** What is wrong with another component's WIT is told when that is built. */
function parsedIfPossible(text: string): Pick<WitFile, "package" | "items"> {
  try {
    return parseWit(text);
  } catch (error) {
    if (error instanceof WitError) return { items: [] };
    throw error;
  }
}

/** The client interfaces that the component could have, if it depended on the components that they call. */
function clientsOf(
  app: Application,
  component: ApplicationComponent,
  wit: ApplicationWit,
): ReadonlyMap<string, string> {
  const clients = new Map<string, string>();
  for (const { name } of app.components.values()) {
    if (component.dependencies.some(({ target }) => target === name)) continue;
    for (const text of wit.components.get(name)?.values() ?? []) {
      const { package: declared, items } = parsedIfPossible(text);
      const world = items.find((item) => item.kind === "world");
      if (declared === undefined || world === undefined) continue;
      const { namespace, name: packageName, version } = declared.name;
      clients.set(
        name,
        printWitId({ package: `${namespace}:${packageName}-client`, name: `${world.name}-client`, version }),
      );
    }
  }
  return clients;
}
