import type { ManifestProperties } from "./manifest-schema.ts";

/** Later properties over earlier ones: single values and build steps replace, maps and lists of files and plugins extend. */
export function mergeProperties(layers: readonly ManifestProperties[]): ManifestProperties {
  const single = layers.flatMap((layer) => Object.entries(layer).filter(([, value]) => value !== undefined));
  return {
    ...Object.fromEntries(single),
    files: layers.flatMap(({ files = [] }) => files),
    plugins: layers.flatMap(({ plugins = [] }) => plugins),
    env: extended(layers.map(({ env }) => env)),
    customCommands: extended(layers.map(({ customCommands }) => customCommands)),
  };
}

function extended<T>(maps: readonly (Readonly<Record<string, T>> | undefined)[]): Record<string, T> {
  return Object.fromEntries(maps.flatMap((map) => Object.entries(map ?? {})));
}
