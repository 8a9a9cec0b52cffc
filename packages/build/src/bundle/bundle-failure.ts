import { BuildError } from "../build-error.ts";
import { displayPath } from "../display-path.ts";

/** What the bundler or its plugins throw, as an error that names the place in the user's source. */
export function bundleFailure(error: unknown, entry: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof BuildError) return error;
  const { loc, id, errors } = error as RollupFailure;
  const detail = errors?.[0];
  const place = detail?.location ?? loc;
  const file = place?.file ?? id ?? entry;
  return new BuildError("syntax", detail?.text ?? plainMessage(error.message), {
    file: displayPath(file.replace(/\?.*$/, "")),
    line: place?.line,
    column: place === undefined || place === null ? undefined : place.column + 1,
    cause: error,
  });
}

interface RollupFailure extends Error {
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
