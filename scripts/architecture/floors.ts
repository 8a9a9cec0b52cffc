/** A part of the code that stands on those before it, and is unknown to them. */
export interface Floor {
  readonly name: string;
  /** From the root of the repository. */
  readonly folder: string;
  /** What it is about, in one phrase. */
  readonly knows: string;
  /** What must never be in it, in one sentence: the reason that a refused import is given. */
  readonly never: string;
  /** Floors below it that it nevertheless may not import. @default none */
  readonly without?: readonly string[];
}

type Description = Omit<Floor, "folder">;

/** The packages, from the ground up: each may import those before it, by their names. */
export const packages: readonly Floor[] = inFolder("packages", [
  {
    name: "wit",
    knows: "WIT text, its resolved model, values in JavaScript, JSON and WAVE, generated RPC clients",
    never: "It never knows what a worker or an application is.",
  },
  {
    name: "sdk",
    knows:
      "only WIT interfaces: it turns the platform's bindings into typed, awaitable, disposable ones, inside the components",
    never: "It never imports another package: inside a component there is none.",
    without: ["wit"],
  },
  {
    name: "web",
    knows: "what the engine lacks of the web's API, and has wrong, inside the components",
    never: "It never imports another package: inside a component there is none.",
    without: ["wit", "sdk"],
  },
  {
    name: "build",
    knows: "`golem.yaml`, and the way from TypeScript to a component",
    never: "It never knows who runs what it builds.",
    without: ["sdk"],
  },
  {
    name: "host",
    knows: "workers: their queue, oplog, instance and storage; Golem's REST interface",
    never: "It never knows how a component was made: those of any language run.",
    without: ["sdk", "web", "build"],
  },
  {
    name: "debugger",
    knows:
      "a component's program in Node under a debugger: its bindings, the engine's globals and event loop",
    never: "It never knows where an oplog comes from, nor how a program is built.",
    without: ["sdk", "web", "build"],
  },
  {
    name: "deployment",
    knows: "the way from `golem.yaml` to components on a host or a server, and their functions",
    never: "It never knows who deploys: a command, a test or a benchmark.",
    without: ["sdk", "web", "debugger"],
  },
  {
    name: "testing",
    knows: "vitest's `test` with workers",
    never: "It never knows the command line.",
    without: ["debugger", "web"],
  },
  {
    name: "dev",
    knows: "the loop from a save to workers on the new code, and what a terminal shows of it",
    never: "It never knows the command line, nor what runs inside a component.",
    without: ["sdk", "web", "testing"],
  },
  {
    name: "cli",
    knows: "the command line, a REST client, the story that `npm start` tells",
    never: "It never knows vitest, nor what runs inside a component.",
    without: ["sdk", "web", "testing"],
  },
  {
    name: "campaign",
    knows: "kills, damages and loads the host",
    never: "It is never imported: what others need does not belong there.",
  },
]);

/** The floors of the host, from the ground up. Only `index.ts` stands above them all. */
export const hostFloors: readonly Floor[] = inFolder("packages/host/src", [
  {
    name: "ground",
    knows:
      "errors, ids, the clock, values and types of WIT, network policy, the types of what the host offers",
    never: "It never knows what is done with them: no file, no instance, no worker.",
  },
  {
    name: "engine",
    knows: "transpiled code and core instances: bytes in, functions out",
    never: "It never knows anything of Golem.",
  },
  {
    name: "component",
    knows: "what a component is: exports, functions, snapshot functions",
    never: "It never knows an instance's past, nor where components are kept.",
  },
  {
    name: "storage",
    knows: "SQLite files: their format, checksums, locks and damage",
    never: "It never knows what a worker is.",
  },
  {
    name: "filesystem",
    knows: "a worker's files",
    never: "It never knows what a worker is, nor who records what is done with its files.",
  },
  {
    name: "oplog",
    knows: "entries, their codec, the replay's cursor, the public form",
    never: "It never knows who writes an entry, nor what follows from it.",
  },
  {
    name: "journal",
    knows: "what an oplog says and how it goes on: state, regions, durable operations, tracing",
    never: "It never knows the interfaces whose calls it records, nor the instance that makes them.",
  },
  {
    name: "interfaces",
    knows:
      "one table per WIT interface, `golem:rpc` and generated clients among them, over ports that are declared here and made elsewhere",
    never: "It never knows the journal, nor the worker: what it needs of them is a port.",
    without: ["journal"],
  },
  {
    name: "worker",
    knows:
      "an instance with its journal: binding, the one journalling wrapper, the runner, the state machine",
    never: "It never knows another worker, nor the thread that it is in.",
  },
  {
    name: "shard",
    knows: "one thread's workers",
    never: "It never knows the other threads, nor who calls.",
  },
  {
    name: "router",
    knows: "which shard has a worker; components, schedule, clock",
    never: "It never runs guest code, and never knows REST.",
  },
  {
    name: "rest",
    knows: "Golem's REST interface, over what the host offers",
    never: "It is never known to what it shows: the host works without it.",
  },
]);

function inFolder(folder: string, floors: readonly Description[]): readonly Floor[] {
  return floors.map((floor) => ({ ...floor, folder: `${folder}/${floor.name}` }));
}

/** The floors that one of them may import: those below it but the excepted ones. */
export function importable(floors: readonly Floor[], floor: Floor): readonly Floor[] {
  return floors.slice(0, floors.indexOf(floor)).filter(({ name }) => floor.without?.includes(name) !== true);
}
