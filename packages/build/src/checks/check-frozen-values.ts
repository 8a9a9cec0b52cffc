import { parseWitId, type WitWorld } from "@golem-kit/wit";
import type { MemberExpression, Node, Program } from "estree";
import { BuildError } from "../build-error.ts";
import type { GeneratedCode } from "../bundle/generated-code.ts";
import { visitModuleLevelCode } from "./module-level-code.ts";

/**
 * Refuses code at module level that reads time, randomness or the environment, or calls the host. A component is initialised
 * once, while it is built: what such code sees would be frozen into the image, the same for every worker, or it would trap.
 *
 * @throws BuildError `frozen-value` with the place in the user's source
 */
export function checkFrozenValues(code: GeneratedCode, world: WitWorld): void {
  const imports = witImportsOf(code.program, world);
  visitModuleLevelCode(code.program, (node, isGlobal) => {
    const effect = globalEffect(node, isGlobal) ?? hostCall(node, imports);
    if (effect === undefined) return;
    const place = code.placeOf(node);
    if (node.type === "MemberExpression" && place?.file.includes("node_modules/") === true) return;
    const expression = code.textOf(node).split("\n", 1)[0] ?? "";
    throw new BuildError("frozen-value", `\`${expression}\` ${effect}`, {
      ...place,
      hint: "It runs when the module loads. Move it into the function that needs it.",
    });
  });
}

const seesBuildTime =
  "at module level sees the time of the build, which would be the same for every worker for ever";
const isDrawnOnce =
  "at module level is drawn once, while the component is built, and would be the same for every worker";
const readsBuildEnvironment = "at module level reads the environment of the build, not the worker's";

/** What a node that uses a global of the engine does, if it must not be done while a component is built. */
function globalEffect(node: Node, isGlobal: (name: string) => boolean): string | undefined {
  if (node.type === "MemberExpression") {
    return globalPath(node, isGlobal) === "process.env" ? readsBuildEnvironment : undefined;
  }
  if (node.type === "NewExpression") {
    return node.arguments.length === 0 && globalPath(node.callee, isGlobal) === "Date"
      ? seesBuildTime
      : undefined;
  }
  if (node.type !== "CallExpression") return undefined;
  const path = globalPath(node.callee, isGlobal);
  if (path === undefined) return undefined;
  if (path === "Date" || path === "Date.now" || path === "performance.now") return seesBuildTime;
  if (path.startsWith("Temporal.Now.")) return seesBuildTime;
  if (path === "Math.random" || path.startsWith("crypto.")) return isDrawnOnce;
  if (path === "fetch" || path === "setTimeout" || path === "setInterval") {
    return "cannot run at module level: while the component is built there is no host to answer";
  }
  return undefined;
}

/** `Date.now` for that expression, or `globalThis.Date.now`, when `Date` is the engine's. */
function globalPath(node: Node, isGlobal: (name: string) => boolean): string | undefined {
  if (node.type === "ChainExpression") return globalPath(node.expression, isGlobal);
  if (node.type === "Identifier") return isGlobal(node.name) ? node.name : undefined;
  if (node.type !== "MemberExpression") return undefined;
  const owner = globalPath(node.object, isGlobal);
  const name = memberName(node);
  if (owner === undefined || name === undefined) return undefined;
  return owner === "globalThis" ? name : `${owner}.${name}`;
}

function memberName({ property, computed }: MemberExpression): string | undefined {
  if (property.type === "Literal") return String(property.value);
  return property.type === "Identifier" && !computed ? property.name : undefined;
}

/** Interface identifiers by the local names of what is imported from them. */
function witImportsOf(program: Program, world: WitWorld): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type !== "ImportDeclaration") continue;
    const source = String(statement.source.value);
    if (world.imports.has(source))
      for (const { local } of statement.specifiers) imports.set(local.name, source);
  }
  return imports;
}

function hostCall(node: Node, imports: ReadonlyMap<string, string>): string | undefined {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return undefined;
  let { callee } = node;
  while (callee.type === "MemberExpression" && callee.object.type !== "Super") callee = callee.object;
  const id = callee.type === "Identifier" ? imports.get(callee.name) : undefined;
  if (id === undefined) return undefined;
  const owner = parseWitId(id)?.package;
  if (owner === "wasi:clocks") return seesBuildTime;
  if (owner === "wasi:random") return isDrawnOnce;
  if (id.startsWith("wasi:cli/environment")) return readsBuildEnvironment;
  return `calls \`${id}\` at module level: while the component is built there is no host to answer`;
}
