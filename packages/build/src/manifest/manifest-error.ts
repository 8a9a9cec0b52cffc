import { BuildError, type BuildErrorPlace } from "../build-error.ts";

/** A mistake in a `golem.yaml`. The message begins with `file:line:column`. */
export class ManifestError extends BuildError {
  override readonly name = "ManifestError";

  constructor(problem: string, place: BuildErrorPlace & { readonly file: string }) {
    super("manifest", problem, place);
  }
}
