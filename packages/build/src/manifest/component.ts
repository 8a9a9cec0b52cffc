import { nearestName } from "@golem-kit/wit";
import { dirname, join, resolve } from "node:path";
import type { ApplicationComponent, ComponentDependency, InitialFile } from "./application.ts";
import type { ManifestFile } from "./manifest-file.ts";
import type { ManifestComponent, ManifestProperties } from "./manifest-schema.ts";
import { mergeProperties } from "./merge-properties.ts";
import { renderTemplate, snakeCase } from "./render-template.ts";

/** Something that a manifest defines under a name. */
export interface Defined<T> {
  readonly file: ManifestFile;
  readonly value: T;
}

export type Template = Omit<ManifestComponent, "template">;

export interface ComponentContext {
  readonly templates: ReadonlyMap<string, Defined<Template>>;
  readonly dependencies: readonly ComponentDependency[];
  /** Absolute. */
  readonly tempDir: string;
  readonly profile: string | undefined;
}

/** Applies a component's template and makes its paths absolute. How its program is loaded does not stand there. */
export function resolveComponent(
  name: string,
  { file, value }: Defined<ManifestComponent>,
  context: ComponentContext,
): Omit<ApplicationComponent, "load"> {
  const at = ["components", name];
  const dir = dirname(file.path);
  const { template, ...own } = value;
  const base = template === undefined ? {} : renderedTemplate(template, name, file, context);
  const properties = mergeProperties(layers([base, own], context.profile));
  const path = (key: "sourceWit" | "generatedWit" | "componentWasm"): string => {
    const given = properties[key];
    if (given) return resolve(dir, given);
    throw file.error(`\`${name}\` has no \`${key}\``, at, "Name it here, or use a template that does.");
  };
  return {
    name,
    dir,
    manifest: file.path,
    sourceWit: path("sourceWit"),
    generatedWit: path("generatedWit"),
    componentWasm: path("componentWasm"),
    linkedWasm:
      properties.linkedWasm === undefined
        ? join(context.tempDir, "components", `${snakeCase(name)}.wasm`)
        : resolve(dir, properties.linkedWasm),
    componentType: properties.componentType ?? "durable",
    files: (properties.files ?? []).map((each) => initialFile(dir, each)),
    env: properties.env ?? {},
    dependencies: context.dependencies,
  };
}

function renderedTemplate(
  template: string,
  name: string,
  file: ManifestFile,
  { templates }: ComponentContext,
): Template {
  const at = ["components", name, "template"];
  const found = templates.get(template);
  if (found === undefined) {
    const nearest = nearestName(template, templates.keys());
    const remedy =
      nearest === undefined ? `known: ${[...templates.keys()].join(", ")}` : `did you mean \`${nearest}\`?`;
    throw file.error(`unknown template \`${template}\`; ${remedy}`, at);
  }
  try {
    return mapStrings(found.value, (text) => renderTemplate(text, name));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw found.file.error(error.message, ["templates", template]);
  }
}

/** The properties of each definition, then those of the chosen profile. */
function layers(
  definitions: readonly Template[],
  profile: string | undefined,
): readonly ManifestProperties[] {
  const chosen = profile ?? definitions.findLast((each) => each.defaultProfile !== undefined)?.defaultProfile;
  const profiled = definitions.map(
    ({ profiles }) => (chosen === undefined ? undefined : profiles?.[chosen]) ?? {},
  );
  return [...definitions, ...profiled];
}

function initialFile(dir: string, { sourcePath, targetPath, permissions }: InitialFile): InitialFile {
  const isUrl = /^(https?|file):/.test(sourcePath);
  return { sourcePath: isUrl ? sourcePath : resolve(dir, sourcePath), targetPath, permissions };
}

function mapStrings<T>(value: T, map: (text: string) => string): T;
function mapStrings(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings<unknown>(item, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapStrings<unknown>(item, map)]),
  );
}
