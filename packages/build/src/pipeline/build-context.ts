import type { BuildCache } from "../cache/build-cache.ts";
import type { ComponentCompiler } from "../componentize/component-compiler.ts";
import type { Application } from "../manifest/application.ts";
import type { ApplicationWit } from "../wit/generate-wit.ts";
import type { BuildEvent } from "./build-event.ts";

/** What the builds of all components have in common. */
export interface BuildContext {
  readonly app: Application;
  readonly wit: ApplicationWit;
  /** Hash of this package and its tools. */
  readonly tools: string;
  readonly compiler: ComponentCompiler;
  readonly cache: BuildCache;
  readonly force: boolean;
  readonly onProgress: (event: BuildEvent) => void;
}
