import type { Component, Host } from "@golem-kit/host";
import pc from "picocolors";
import { UserError } from "../user-error.ts";
import { Guest } from "./guest.ts";
import { openOutsideWorld } from "./outside-world.ts";
import type { Stop, Surroundings } from "./stop.ts";
import { stops as allStops } from "./stops.ts";

export interface TourOptions {
  readonly host: Host;
  /** `kit:tour` */
  readonly component: Component;
  readonly print: (line: string) => void;
  /** @default all that there are */
  readonly stops?: readonly Stop[];
  /** Interfaces of the component that take part. @default both: `raw` and `sdk` */
  readonly halves?: readonly string[];
}

/** The interfaces of the tour's component. */
const HALVES = ["raw", "sdk"];

/**
 * Makes the whole tour, also past a stop that fails.
 *
 * @returns how many stops there were
 * @throws UserError with the stops that failed
 */
export async function playTour(options: TourOptions): Promise<number> {
  const { host, component, print, stops = allStops, halves = HALVES } = options;
  await using outside = await openOutsideWorld();
  const surroundings: Surroundings = { host, outside, newVersion: () => newVersion(host, component) };
  const failed: string[] = [];
  for (const [index, stop] of stops.entries()) {
    print(`\n${pc.bold(`${index + 1}  ${stop.title}`)}\n   ${pc.dim(stop.shows)}`);
    if (stop.failsOnGolem !== undefined)
      print(`   ${pc.dim(`Not on Golem 1.2: ${stop.failsOnGolem}. See docs/golem-1.2.md`)}`);
    for (const half of halves) {
      const guest = new Guest({
        host,
        component,
        half,
        workerName: `${half}-guest`,
        print: (line) => print(`   ${line}`),
      });
      try {
        await stop.play(guest, surroundings);
      } catch (error) {
        print(`   ${pc.red("✖")} ${half}: ${error instanceof Error ? error.message : String(error)}`);
        failed.push(`${stop.title} (${half})`);
      }
    }
  }
  if (failed.length > 0)
    throw new UserError(`${failed.length} stops of the tour failed: ${failed.join("; ")}`);
  return stops.length;
}

async function newVersion(host: Host, { versionedComponentId, metadata }: Component): Promise<number> {
  const { componentId, version } = versionedComponentId;
  const wasm = await host.components.download(componentId, version);
  const updated = await host.components.update(componentId, {
    wasm,
    dynamicLinking: metadata.dynamicLinking,
  });
  return updated.versionedComponentId.version;
}
