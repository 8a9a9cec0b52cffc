import {
  type Application,
  type Builder,
  type BuildEvent,
  type BuildOutcome,
  type BuildStep,
  loadApplication,
} from "@golem-kit/build";

/** Milliseconds that the steps of a build took. */
export type StepTimes = Readonly<Partial<Record<BuildStep, number>>>;

/** What came of building an application once. */
export interface BuildRound {
  readonly app: Application;
  readonly outcomes: readonly BuildOutcome[];
  /** By component; of what was up to date, there is nothing. */
  readonly times: ReadonlyMap<string, StepTimes>;
  readonly warnings: readonly { readonly component: string; readonly message: string }[];
}

export interface BuildRoundOptions {
  /** Builds even what has not changed. */
  readonly force: boolean;
  readonly onStep: (component: string, step: BuildStep) => void;
  /** Is told of what was not up to date. */
  readonly onBuilt: (component: string, ms: number) => void;
}

/**
 * Reads the manifests, and builds whatever its contents say is stale.
 *
 * @throws BuildError, ManifestError or WitError for what concerns all components
 */
export async function buildRound(
  builder: Builder,
  rootDir: string,
  { force, onStep, onBuilt }: BuildRoundOptions,
): Promise<BuildRound> {
  const app = await loadApplication(rootDir);
  const times = new Map<string, Partial<Record<BuildStep, number>>>();
  const warnings: { readonly component: string; readonly message: string }[] = [];
  const onProgress = (event: BuildEvent): void => {
    const { component } = event;
    if (event.type === "start") onStep(component, event.step);
    else if (event.type === "end") times.set(component, { ...times.get(component), [event.step]: event.ms });
    else if (event.type === "done" && !event.upToDate) onBuilt(component, event.ms);
    else if (event.type === "warning") warnings.push({ component, message: event.message });
  };
  const outcomes = await builder.buildEach(app, { force, onProgress });
  return { app, outcomes, times, warnings };
}
