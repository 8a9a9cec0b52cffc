import { parseWitId } from "@golem-kit/wit";
import { resolve } from "node:path";
import { BuildError } from "../build-error.ts";
import type { Bundle } from "../bundle/bundle.ts";
import type { SourcePlace } from "../bundle/generated-code.ts";
import { DATE } from "../componentize/initialise.ts";
import type { TracedRead } from "../componentize/trace-reads.ts";
import { packageName } from "./installed-package.ts";

export interface FrozenReadInput {
  readonly bundle: Bundle;
  /** What was asked, by the names of the engine's imports. */
  readonly asked: readonly string[];
  /** The places that asked. */
  readonly reads: readonly TracedRead[];
  /** The program's main file, as messages show it. */
  readonly entry: string;
  /** The file that says how the component's program is loaded, as messages show it. */
  readonly settings: string;
}

/** A program asked for the time, a random number, the environment or the host while it was loaded, in building it. */
export function frozenRead({ bundle, asked, reads, entry, settings }: FrozenReadInput): BuildError {
  const [first, ...others] = reads.flatMap((read) => askingPlace(read, bundle) ?? []);
  if (first === undefined) {
    const what = asked.map((name) => `\`${name}\``).join(", ");
    return new BuildError("frozen-value", `the program asks for ${what} while it is loaded, in the build`, {
      file: entry,
      hint: "What asks does so in a way that leaves no trace. Leave out imports one by one, to see which one it is.",
    });
  }
  const more = new Set(others.map(shown).filter((text) => text !== shown(first)));
  const also = more.size === 0 ? "" : `So do: ${[...more].slice(0, 5).join(", ")}\n  `;
  return new BuildError("frozen-value", `\`${first.expression}\` ${effectOf(first.what)}`, {
    ...first.place,
    hint: also + remedy(first, bundle, settings),
  });
}

interface AskingPlace {
  readonly what: string;
  /** As it is written, on one line. */
  readonly expression: string;
  readonly place: SourcePlace;
}

/**
 * The innermost place that a person wrote. What the build itself put into the program comes from no file; a constructor that
 * nobody wrote has a place, but no call.
 */
function askingPlace({ what, stack }: TracedRead, { code }: Bundle): AskingPlace | undefined {
  const places = Array.from(stack.matchAll(code.places), ([, line, column]) => {
    const at = [Number(line), Number(column)] as const;
    return { call: code.callAt(...at), place: code.placeAt(...at) };
  }).filter(({ place }) => place !== undefined);
  const { call, place } = places.find((each) => each.call !== undefined) ?? places[0] ?? {};
  if (place === undefined) return undefined;
  if (call === undefined) return { what, expression: what, place };
  const [text = ""] = code.textOf(call).split("\n", 1);
  const expression = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return { what, expression, place: code.placeOf(call) ?? place };
}

/** Characters of an expression that a message shows. */
const LONGEST = 80;

function shown({ place: { file, line, column } }: AskingPlace): string {
  return `${file}:${line}:${column}`;
}

function effectOf(what: string): string {
  const id = what.slice(0, what.lastIndexOf("#"));
  const owner = parseWitId(id)?.package;
  if (what === DATE || owner === "wasi:clocks") {
    return "at module level sees the time of the build, which would be the same for every worker for ever";
  }
  if (what === "random" || owner === "wasi:random") {
    return "at module level is drawn once, while the component is built, and would be the same for every worker";
  }
  if (id.startsWith("wasi:cli/environment")) {
    return "at module level reads the environment of the build, not the worker's";
  }
  return `calls \`${id}\` at module level: while the component is built there is no host to answer`;
}

/** In a package it cannot be moved: then the whole program is loaded later. */
function remedy({ place }: AskingPlace, { graph }: Bundle, settings: string): string {
  const name = packageOfFile(place.file);
  if (name === undefined) return "It runs when the module loads. Move it into the function that needs it.";
  const way = graph.chain(resolve(place.file)).slice(0, -1);
  return `It runs when \`${name}\` loads, imported by: ${way.join(" → ")}\n  Have each worker load the program for itself: write "golem-kit": { "load": "in-worker" } into ${settings}.`;
}

/** `node_modules/@scope/name/dist/index.js` → `@scope/name` */
function packageOfFile(file: string): string | undefined {
  const inside = file.replaceAll("\\", "/").split("node_modules/").slice(1).at(-1);
  return inside === undefined ? undefined : packageName(inside);
}
