import * as commonjsPlugin from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import type { WitWorld } from "@golem-kit/wit";
import { type OutputChunk, rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";
import { absentModules } from "./absent-modules.ts";
import { bundleFailure } from "./bundle-failure.ts";
import { GeneratedCode } from "./generated-code.ts";
import { ImportGraph } from "./import-graph.ts";
import { ProjectSettings } from "./project-settings.ts";
import { installProgramClock } from "./program-clock.ts";
import { leaveOutRandomProbes } from "./random-probes.ts";
import { textImports } from "./text-imports.ts";
import { writeOutUnicodeProperties } from "./unicode-properties.ts";
import { mendWebGlobals } from "./web-globals.ts";
import { webPartsOf, type WebPart, withWebParts } from "./web-parts.ts";
import { witImports } from "./wit-imports.ts";

/** A component's program in one JavaScript module, whose only imports are those of its world. */
export interface Bundle {
  readonly code: GeneratedCode;
  /** Module names of the imports that are left. */
  readonly imports: readonly string[];
  readonly graph: ImportGraph;
  /** Absolute paths of the files that it was made of. */
  readonly files: readonly string[];
}

export interface BundleOptions {
  readonly entry: string;
  readonly world: WitWorld;
  /** Where the bundle is going to be written: its source map is relative to this, and guest stack traces show its name. */
  readonly path: string;
  readonly onWarning: (message: string) => void;
}

/**
 * Bundles `src/main.ts` with everything that it imports, apart from WIT interfaces.
 *
 * @throws BuildError `syntax` with the place in the user's source
 */
export async function bundleProgram(options: BundleOptions): Promise<Bundle> {
  const graph = new ImportGraph(options.entry);
  const settings = new ProjectSettings(options.entry);
  try {
    let parts: readonly WebPart[] = [];
    for (;;) {
      const bundle = await bundleWith(parts, { graph, settings }, options);
      const wanted = webPartsOf(bundle.code.text);
      // Parts may use others.
      if (wanted.length <= parts.length) return bundle;
      parts = wanted;
    }
  } catch (error) {
    throw bundleFailure(error, options.entry, graph);
  }
}

async function bundleWith(
  parts: readonly WebPart[],
  { graph, settings }: { readonly graph: ImportGraph; readonly settings: ProjectSettings },
  options: BundleOptions,
): Promise<Bundle> {
  const { input, plugins } = withWebParts(options.entry, parts);
  const build = await rollup({
    input,
    plugins: [
      ...plugins,
      graph.plugin,
      leaveOutRandomProbes,
      witImports(options.world, options.onWarning),
      textImports,
      settings.plugin,
      absentModules,
      nodeResolve({ browser: true, preferBuiltins: false, extensions: EXTENSIONS }),
      commonjs(),
      esbuild({
        target: "esnext",
        tsconfig: false,
        sourceMap: true,
        include: /\.([cm]?[jt]sx?|json)$/,
        exclude: [],
        loaders: { ".json": "json", ".mjs": "js", ".cjs": "js", ".mts": "ts", ".cts": "ts" },
        // The engine knows neither.
        supported: { decorators: false },
        tsconfigRaw: { compilerOptions: settings.compilerOptions },
        define: { "process.env.NODE_ENV": '"production"' },
      }),
      writeOutUnicodeProperties,
    ],
    // What cannot be resolved stays in the bundle, for a check to explain.
    logLevel: "silent",
  });
  try {
    const { output } = await build.generate({
      format: "esm",
      sourcemap: true,
      file: options.path,
      inlineDynamicImports: true,
      generatedCode: "es2015",
      sourcemapExcludeSources: false,
      banner: PRELUDE.map(preludeStatement).join("\n"),
    });
    return assemble(output[0], build.watchFiles, graph, options);
  } finally {
    await build.close();
  }
}

/** Of files that an import names without. */
const EXTENSIONS = [".ts", ".mts", ".tsx", ".mjs", ".js", ".cjs", ".json"];

/** Runs before the program; one statement of the bundle each. */
export const PRELUDE = [installProgramClock, mendWebGlobals] as const;

/** What a program may have a variable of, at its top: the prelude means the engine's. lodash has a `Map`. */
const ENGINE_NAMES: readonly string[] =
  "Array Date Error Function Map Math Object Promise Proxy Reflect Set String Symbol TypeError Uint8Array WeakMap".split(
    " ",
  );

function preludeStatement(each: (typeof PRELUDE)[number]): string {
  const text = each.toString();
  const names = ENGINE_NAMES.filter((name) => text.includes(name));
  return `(({ ${names.join(", ")} }) => (${text})(globalThis))(globalThis);`;
}

/** Its types describe a CommonJS module, which it is not. */
const commonjs = commonjsPlugin.default as unknown as typeof commonjsPlugin.default.default;

function assemble(
  { code, map, imports }: OutputChunk,
  watchFiles: readonly string[],
  graph: ImportGraph,
  { path }: BundleOptions,
): Bundle {
  if (map === null) throw new Error("the bundler made no source map");
  return {
    code: new GeneratedCode(code, map.toString(), path),
    imports,
    graph,
    files: watchFiles.filter((file) => !file.startsWith("\0")),
  };
}
