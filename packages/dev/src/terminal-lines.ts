import pc from "picocolors";
import type { DevEvent, MovedWorkers, NamedWorker, StageTimes, Stay } from "./dev-event.ts";

/** Columns, where there is no terminal. */
const DEFAULT_WIDTH = 2_000;

/** Files of a save that are named. */
const MOST_FILES = 3;

export interface LinesOptions {
  /** Columns; what a worker says is cut there, what a person has to act on is not. @default 2000 */
  readonly width?: number | undefined;
  /** Whether keys are read: diagnoses then name them beside the commands. */
  readonly hasKeys: boolean;
}

type EventOf<Type extends DevEvent["type"]> = Extract<DevEvent, { readonly type: Type }>;

/** An event as lines of a terminal; nothing for what only programs want to know. */
export function terminalLines(
  event: DevEvent,
  { width = DEFAULT_WIDTH, hasKeys }: LinesOptions,
): readonly string[] {
  switch (event.type) {
    case "listening":
      return listening(event);
    case "saved":
      return [
        pc.dim(
          `saved ${event.files.slice(0, MOST_FILES).join(", ")}${event.files.length > MOST_FILES ? ", …" : ""}`,
        ),
      ];
    case "building":
    case "ended":
      return [];
    case "built":
      // Later the line about the workers has the time.
      return event.first ? [`${pc.green("✔")} ${event.component} built in ${seconds(event.ms)}`] : [];
    case "failed": {
      const { message, frame } = event.problem;
      const title = event.component === undefined ? message : `${event.component}: ${message}`;
      const goesOn =
        event.component === undefined
          ? "What runs goes on."
          : "Its workers go on with the code that they have.";
      return [`${pc.red("✖")} ${title}`, ...framed(frame), pc.dim(`  ${goesOn}`)];
    }
    case "mended":
      return [`${pc.green("✔")} ${event.component ?? "golem.yaml"} is in order again`];
    case "refused":
      return refused(event);
    case "deployed":
      return [deployed(event)];
    case "stays":
      return stays(event, hasKeys);
    case "added":
      return [`${pc.green("+")} ${event.component} has come to golem.yaml`];
    case "removed":
      return [
        `${pc.yellow("-")} ${event.component} is not in golem.yaml any more: ${workers(event.workers)} ${event.workers === 1 ? "stays" : "stay"} as they are`,
      ];
    case "warning":
      return [
        `${pc.yellow("!")} ${event.component === undefined ? "" : `${event.component}: `}${event.message}`,
      ];
    case "call":
      return [
        cut(`${title(event)} ${pc.cyan("→")} ${short(event.function)}(${event.arguments ?? "…"})`, width),
      ];
    case "answer":
      return answer(event, width);
    case "print":
      return said(event, event.stream === "stderr" ? pc.yellow : (text) => text, event.text, width);
    case "log":
      return said(event, levelColor(event.level), logText(event), width);
  }
}

function listening({ url, dataDir, components, try: command }: EventOf<"listening">): readonly string[] {
  const longest = Math.max(0, ...components.map(({ component }) => component.length));
  return [
    `${pc.green("✔")} Listening on ${pc.bold(url)}, data in ${dataDir}`,
    ...components.map(
      ({ component, version, workers: count }) =>
        `  ${component.padEnd(longest)}  ${pc.dim(`version ${version}, ${workers(count)}`)}`,
    ),
    ...(command === undefined ? [] : [`  ${pc.dim("Try:")} ${command}`]),
  ];
}

function refused({ calls }: EventOf<"refused">): readonly string[] {
  return [
    `${pc.red("✖")} Nothing is deployed, since calls would fail:`,
    ...calls.flatMap(({ component, function: name, change, caller, places }) => [
      `  ${pc.bold(`${component} ${name}`)} ${change === "gone" ? "is gone" : "has another type"}, and ${pc.bold(caller)} calls it`,
      ...places.map((place) => `    at ${place}`),
    ]),
    pc.dim("  Change the callers too, or keep the function. All workers go on with the code that they have."),
  ];
}

function deployed({ component, version, workers: counts, times }: EventOf<"deployed">): string {
  return `${pc.green("✔")} ${pc.bold(component)} version ${version}: ${became(counts)} ${pc.dim(`in ${seconds(times.total)} (${stages(times)})`)}`;
}

function became({ moved, later, stay }: MovedWorkers): string {
  if (moved + later + stay === 0) return "no worker to move";
  const parts = [`${workers(moved)} moved`];
  if (later > 0) parts.push(`${later} when next woken`);
  if (stay > 0) parts.push(pc.yellow(`${stay} ${stay === 1 ? "stays" : "stay"}`));
  return parts.join(", ");
}

function stages({ bundle, initialise, deploy, replay }: StageTimes): string {
  const all = { bundle, initialise, deploy, replay };
  return Object.entries(all)
    .map(([name, ms]) => `${name} ${seconds(ms)}`)
    .join(", ");
}

function stays(event: EventOf<"stays">, hasKeys: boolean): readonly string[] {
  // The first of its kind has said all.
  if (event.likeWorker !== undefined) return [];
  const { alike = 0, entry, recorded, attempted, version, ways } = event;
  const what =
    entry === undefined
      ? [`  ${event.message}`]
      : [
          `  at entry ${entry} it recorded  ${recorded ?? "?"}`,
          `  the new code attempts ${pc.red(firstLine(attempted ?? "?"))}`,
        ];
  const key = (letter: string): string => (hasKeys ? `${pc.bold(letter)}  ` : "");
  return [
    `${pc.yellow("!")} ${title(event)} stays on version ${version}: its replay differs`,
    ...what,
    ...(placeText(event) === undefined ? [] : [`  at ${placeText(event)}`]),
    ...framed(event.frame),
    `  ${key("l")}leave it: it goes on with the old code`,
    ...(ways.fork === undefined
      ? []
      : [`  ${key("f")}fork it before that, with the new code:  ${pc.cyan(ways.fork)}`]),
    `  ${key("a")}start it anew, without its past:  ${pc.cyan(ways.anew)}`,
    ...(alike === 0
      ? []
      : [
          `  ${alike} more ${alike === 1 ? "differs" : "differ"} in the same way${hasKeys ? ": L, F and A are for all of them" : ""}`,
        ]),
  ];
}

/** Its place and the lines around it say the rest. */
function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function placeText({ file, line, column }: Stay): string | undefined {
  if (file === undefined) return undefined;
  return [file, line, column].filter((part) => part !== undefined).join(":");
}

function answer(event: EventOf<"answer">, width: number): readonly string[] {
  const { ms, result, error } = event;
  const time = ms === undefined ? "" : pc.dim(` ${ms < 1000 ? `${Math.round(ms)} ms` : seconds(ms)}`);
  if (error === undefined)
    return [
      `${cut(`${title(event)} ${pc.green("←")} ${short(event.function)} ${result ?? ""}`.trimEnd(), width - 10)}${time}`,
    ];
  return [
    `${title(event)} ${pc.red("✖")} ${short(event.function)} failed${time}`,
    ...error
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
  ];
}

function said(
  worker: NamedWorker,
  color: (text: string) => string,
  text: string,
  width: number,
): readonly string[] {
  const lines = text.replace(/\n$/, "").split("\n");
  // A stack is of no use without its end.
  return lines.map((line) => {
    const whole = `${title(worker)} ${color(line)}`;
    return lines.length > 1 ? whole : cut(whole, Math.max(width, 1000));
  });
}

function logText({ level, context, message }: EventOf<"log">): string {
  return `${level.toUpperCase()} ${context === "" ? "" : `${context}: `}${message}`;
}

function levelColor(level: string): (text: string) => string {
  if (level === "Error" || level === "Critical") return pc.red;
  return level === "Warn" ? pc.yellow : (text) => text;
}

const COLORS = [pc.cyan, pc.magenta, pc.blue, pc.green, pc.yellow];

/** Its name, in the colour that it always has. */
function title({ component, worker }: NamedWorker): string {
  const sum = Buffer.from(worker).reduce((total, byte) => (total * 31 + byte) % 65_521, 7);
  const color = COLORS[sum % COLORS.length] ?? pc.cyan;
  return color(`${component}/${worker}`);
}

/** `shop:orders-exports/api.{place}` → `place` */
function short(name: string): string {
  return /\{(.*)\}$/s.exec(name)?.[1] ?? name;
}

function framed(frame: string | undefined): readonly string[] {
  return frame === undefined ? [] : frame.split("\n").map((line) => `  ${line}`);
}

function workers(count: number): string {
  return count === 1 ? "1 worker" : `${count} workers`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** Text with colours, in so many columns at most. Colours take none. */
function cut(text: string, width: number): string {
  let left = width;
  // oxlint-disable-next-line no-control-regex -- what sets colours begins with an escape
  return text.replaceAll(/(\u001B\[\d+m)|([\s\S])/gu, (_all, color: string | undefined, letter = "") => {
    if (color !== undefined) return color;
    left -= 1;
    return left > 0 ? letter : left === 0 ? "…" : "";
  });
}
