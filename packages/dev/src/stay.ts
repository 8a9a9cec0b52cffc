import type { Component, MoveFailure, ReplayDifference, ReplayStep, WorkerId } from "@golem-kit/host";
import type { Stay, WaysOn } from "./dev-event.ts";
import type { WorkerMove } from "./move-workers.ts";
import { framed } from "./problem.ts";
import { hasPlaces, type ProgramMaps } from "./program-maps.ts";

/**
 * Why workers stay on an older version, for those that do. Those that differ in the same way come one behind the other, and all
 * but the first of them name it.
 *
 * @param placeOfCall where the source makes the call by which a worker's replay differs
 */
export async function staysOf(
  component: Component,
  moves: readonly WorkerMove[],
  maps: ProgramMaps,
  placeOfCall: (worker: WorkerId) => Promise<SourcePlace | undefined>,
): Promise<readonly Stay[]> {
  const kinds = new Map<string, Stay[]>();
  for (const move of moves) {
    const found = await stayOf(component, move, maps);
    if (found === undefined) continue;
    const kind = kindOf(move);
    const [first] = kinds.get(kind) ?? [];
    // Where one of them does it, all do.
    const stay = first === undefined ? await withPlace(found, move, placeOfCall) : found;
    kinds.set(kind, [
      ...(kinds.get(kind) ?? []),
      { ...stay, ...(first !== undefined && { likeWorker: first.worker }) },
    ]);
  }
  return [...kinds.values()].flatMap(([first, ...others]): readonly Stay[] =>
    first === undefined ? [] : [[Object.assign(first, { alike: others.length })], others].flat(),
  );
}

interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A call has no stack in its engine: who replays it elsewhere knows where it is made. */
async function withPlace(
  stay: Stay,
  { id, outcome }: WorkerMove,
  placeOfCall: (worker: WorkerId) => Promise<SourcePlace | undefined>,
): Promise<Stay> {
  const isCall = outcome.status === "stays" && isDifference(outcome.reason);
  const place = isCall && stay.file === undefined ? await placeOfCall(id) : undefined;
  if (place === undefined) return stay;
  const { file, line, column } = place;
  return { ...stay, file, ...(await framed(file, line, column)) };
}

async function stayOf(
  component: Component,
  { id, outcome }: WorkerMove,
  maps: ProgramMaps,
): Promise<Stay | undefined> {
  if (outcome.status !== "stays") return undefined;
  const { componentName, versionedComponentId } = component;
  const { reason, version } = outcome;
  const targetVersion = versionedComponentId.version;
  const text = maps.locate(reason.message, componentName, targetVersion);
  const base = { component: componentName, worker: id.workerName, version, targetVersion, message: text };
  if (!isDifference(reason)) return { ...base, ways: waysOn(base, undefined) };
  const { index, lastFitting, recorded, attempted, where, stack } = reason;
  return {
    ...base,
    entry: index,
    lastFitting,
    recorded: stepText(recorded),
    attempted: maps.locate(attemptText(attempted, where), componentName, targetVersion),
    ...(stack !== undefined && (await placeOf(stack, componentName, targetVersion, maps))),
    ways: waysOn(base, lastFitting),
  };
}

/** A guest that fails ends with a line of its engine, which says nothing. */
function attemptText(attempted: ReplayStep, where: string | undefined): string {
  const [text = ""] = stepText(attempted).split("\n\nRedirecting call to abort()");
  return where === undefined || where === "" ? text : `${text} (differs at ${where})`;
}

/** Workers have values and histories of their own: what is called instead of what makes them alike. */
function kindOf({ outcome }: WorkerMove): string {
  const reason = outcome.status === "stays" ? outcome.reason : undefined;
  if (reason === undefined) return "";
  if (!isDifference(reason)) return reason.message;
  const { invocation, recorded, attempted, where } = reason;
  const steps = [recorded, attempted].map(({ summary, function: name }) => [summary, name]);
  return JSON.stringify([invocation?.function, steps, where]);
}

function isDifference(reason: ReplayDifference | MoveFailure): reason is ReplayDifference {
  return "index" in reason;
}

/** `golem keyvalue::eventual::set {key: "a"} → ok` */
function stepText({ summary, request, response }: ReplayStep): string {
  const call = summary.replace(/^(ImportedFunctionInvoked|a call of) /, "");
  const answer = response === undefined ? undefined : `→ ${response}`;
  return [call, request, answer].filter((part) => part !== undefined).join(" ");
}

/** The innermost place of a stack that a person wrote, with the lines around it. */
async function placeOf(
  stack: string,
  component: string,
  version: number,
  maps: ProgramMaps,
): Promise<Pick<Stay, "file" | "line" | "column" | "frame">> {
  if (!hasPlaces(stack)) return {};
  const located = maps.locate(stack, component, version);
  const places = Array.from(
    located.matchAll(/([^\s()@]+\.[cm]?tsx?):(\d+):(\d+)/g),
    ([, file = "", line, column]) => {
      return { file, line: Number(line), column: Number(column) };
    },
  );
  const own =
    places.find(({ file }) => !/(^|[\\/])(packages[\\/]sdk|node_modules)[\\/]/.test(file)) ?? places[0];
  if (own === undefined) return {};
  return { file: own.file, ...(await framed(own.file, own.line, own.column)) };
}

/** The commands that bring a worker onto the new code. @param lastFitting the last entry that still fits, if it is known */
function waysOn(
  { component, worker, targetVersion }: Pick<Stay, "component" | "worker" | "targetVersion">,
  lastFitting: number | undefined,
): WaysOn {
  const target = `${component} ${quoted(worker)}`;
  const name = quoted(forkName(worker, targetVersion));
  // An oplog begins with the worker's creation: there is nothing before entry 2 that a fork could have.
  const canFork = lastFitting !== undefined && lastFitting >= 2;
  return {
    ...(canFork && { fork: `npx golem-kit fork ${target} ${name} --at ${lastFitting} --update` }),
    anew: `npx golem-kit anew ${target}`,
  };
}

/** What a fork of a worker that goes on with a version is called. */
export function forkName(worker: string, targetVersion: number): string {
  return `${worker}-v${targetVersion}`;
}

/** A name as a shell takes it. */
function quoted(name: string): string {
  return /^[\w.:@%+=,-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
