import { BuildError } from "../build-error.ts";
import { displayPath } from "../display-path.ts";
import type { ImportGraph } from "./import-graph.ts";

/** What the bundler or its plugins throw, as an error that names the place in the user's source. */
export function bundleFailure(error: unknown, entry: string, graph: ImportGraph): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { code, exporter, loc, id, errors } = error as RollupFailure;
  if (code === "UNRESOLVED_ENTRY") {
    return new BuildError(
      "not-found",
      `there is no ${displayPath(entry)}, where a component's program begins`,
    );
  }
  if (code === "UNRESOLVED_IMPORT" && exporter !== undefined) {
    const place = graph.placeOf(exporter);
    if (place !== undefined) return new BuildError("not-found", `there is no file \`${exporter}\``, place);
  }
  const detail = errors?.[0];
  const place = detail?.location ?? loc;
  const file = place?.file ?? id ?? entry;
  return new BuildError("syntax", detail?.text ?? plainMessage(error.message), {
    file: displayPath(file.replace(/\?.*$/, "")),
    line: place?.line,
    column: place === undefined ? undefined : place.column + 1,
    cause: error,
  });
}

interface RollupFailure extends Error {
  readonly code?: string;
  /** What could not be resolved, as it was written. */
  readonly exporter?: string;
  readonly id?: string;
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number };
  /** What esbuild found. */
  readonly errors?: readonly {
    readonly text: string;
    readonly location: { readonly file?: string; readonly line: number; readonly column: number } | null;
  }[];
}

/** Without the plugin and path that rollup puts before it: the place has them. */
function plainMessage(message: string): string {
  return message.replace(/^\[plugin [^\]]+\]\s*/, "").replace(/^\S+ \(\d+:\d+\): /, "");
}
