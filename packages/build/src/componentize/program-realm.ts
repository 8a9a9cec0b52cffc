import { transformSync } from "esbuild";
import { describeValues } from "../guest/describe-values.ts";
import { standardConsole } from "../guest/standard-console.ts";
import { keepStacks } from "../guest/keep-stacks.ts";
import { logLostRejections } from "../guest/log-lost-rejections.ts";
import { REJECTION_PROBE } from "./reveal-rejections.ts";
import { warnOfLongTimers } from "../guest/warn-of-long-timers.ts";
import { failAttempts } from "../guest/fail-attempts.ts";

/** What the engine gives the bindings. */
const GIVEN = ["contentGlobal", "defineBuiltinModule", "$bindings", "$initializer"];

/**
 * Puts the bindings that componentize-js generates into the program's realm: the engine evaluates them in one of their own, so
 * that no object, array or error of theirs would be an `instanceof` the program's classes, and an error of the program no
 * `Error` to them, but an answer. Around the exported functions goes what tells why an attempt fails.
 *
 * @param exports names of the exported functions, as in `export_api$get`
 */
export function inProgramRealm(bindings: string, exports: readonly string[]): string {
  const guarded = exports.map((name) => `${name}: $failing.guard(${name})`);
  const body = [
    bindings
      .replaceAll("$source_mod", "$initializer.$source_mod")
      .replaceAll("val: getErrorPayload(e) }", "val: $answer(getErrorPayload(e), e) }"),
    "const $answer = (payload, thrown) => { $failing.answering(thrown); return payload; };",
    `const $described = (${describeValues.toString()})();`,
    `(${standardConsole.toString()})(contentGlobal.console, $described);`,
    `(${keepStacks.toString()})(contentGlobal);`,
    `(${warnOfLongTimers.toString()})(contentGlobal);`,
    `const $probe = ${REJECTION_PROBE};`,
    `const $lost = () => ($lost.look ??= (${logLostRejections.toString()})($probe, $described.report, contentGlobal.console))();`,
    `const $failing = (${failAttempts.toString()})(contentGlobal, $described.report, $lost);`,
    `return { ${["bindExports", ...guarded].join(", ")} };`,
  ].join("\n");
  const text = `${small(body)}\n//# sourceURL=/bindings/initializer.js`;
  const made = `new contentGlobal.Function(${[...GIVEN, text].map((each) => JSON.stringify(each)).join(", ")})`;
  return `Object.assign(globalThis, ${made}(contentGlobal, defineBuiltinModule, globalThis.$bindings, globalThis));\ndelete globalThis.$bindings;\n`;
}

/**
 * Text is memory of every worker, several times over: the bindings get short names, and what they would tell a debugger of
 * theirs goes. That makes components smaller by up to a fifth.
 */
function small(body: string): string {
  const silent = body.replaceAll(/^ *_debugLog\((?:[^{}()]|\{[^{}]*\}|\([^()]*\))*\);\n/gm, "");
  // Names at top level would stay.
  const { code } = transformSync(`function bindings() {${silent}}`, {
    minifyWhitespace: true,
    minifyIdentifiers: true,
  });
  return code.slice(code.indexOf("{") + 1, code.lastIndexOf("}"));
}
