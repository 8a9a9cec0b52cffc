import { basename, dirname, join } from "node:path";
import type { ApplicationComponent } from "../manifest/application.ts";

/** The files that a build leaves, beside the component. */
export interface Outputs {
  readonly wasm: string;
  /** The bundle: its name is what guest stack traces show. */
  readonly program: string;
  readonly map: string;
  /** What was built, to tell whether it must be built again. */
  readonly record: string;
  /** Locked while somebody builds. */
  readonly lock: string;
  /** Folder of the generated types. */
  readonly types: string;
}

export function outputsOf({ componentWasm, dir }: ApplicationComponent): Outputs {
  const stem = join(dirname(componentWasm), basename(componentWasm, ".wasm"));
  return {
    wasm: componentWasm,
    program: `${stem}.js`,
    map: `${stem}.js.map`,
    record: `${stem}.build.json`,
    lock: `${stem}.build.lock`,
    types: join(dir, "generated"),
  };
}
