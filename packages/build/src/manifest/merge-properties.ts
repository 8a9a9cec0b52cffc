import type { ManifestProperties } from "./manifest-schema.ts";

/** Later properties over earlier ones: single values and build steps replace, maps and lists of files and plugins extend. */
export function mergeProperties(layers: readonly ManifestProperties[]): ManifestProperties {
  return layers.reduce(
    (base, over) => ({
      ...base,
      ...present(over),
      files: [...(base.files ?? []), ...(over.files ?? [])],
      plugins: [...(base.plugins ?? []), ...(over.plugins ?? [])],
      env: { ...base.env, ...over.env },
      customCommands: { ...base.customCommands, ...over.customCommands },
    }),
    {},
  );
}

function present(properties: ManifestProperties): ManifestProperties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
