import { readFile } from "node:fs/promises";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { BuildError } from "../build-error.ts";
import { displayPath } from "../display-path.ts";
import { ManifestError } from "./manifest-error.ts";
import { type Manifest, manifestSchema } from "./manifest-schema.ts";

/** Keys and indices from the top of a manifest. */
type ManifestPath = readonly PropertyKey[];

/** One manifest that has been read, and the places of what it says. */
export interface ManifestFile {
  readonly path: string;
  readonly content: Manifest;
  /** An error at a key, or at the nearest thing above it that is there. */
  error(problem: string, at: ManifestPath, hint?: string): ManifestError;
}

/** @throws ManifestError when it is not YAML, or says something that Golem's command line would refuse */
export async function readManifest(path: string): Promise<ManifestFile> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(path), { lineCounter: lines });
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    const { line, col } = lines.linePos(syntaxError.pos[0]);
    const problem = syntaxError.message.split(" at line ")[0] ?? syntaxError.message;
    throw new ManifestError(problem, { file: displayPath(path), line, column: col, cause: syntaxError });
  }

  const errorAt = (problem: string, at: ManifestPath, hint?: string): ManifestError => {
    const { line, col } = lines.linePos(offsetOf(document, at));
    return new ManifestError(problem, { file: displayPath(path), line, column: col, hint });
  };
  const parsed = manifestSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return { path, content: parsed.data, error: errorAt };
  const [issue] = parsed.error.issues;
  const at = issue?.path ?? [];
  if (issue?.code === "unrecognized_keys") throw errorAt(issue.message, [...at, issue.keys[0] ?? ""]);
  throw errorAt(`\`${at.join(".")}\`: ${issue?.message ?? "not a manifest"}`, at);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new BuildError("not-found", `the application manifest ${path} cannot be read`, { cause });
  }
}

/** Where the key at a path begins, or an item of a list. */
function offsetOf(document: Document, path: ManifestPath): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? key.value : key) === step);
      if (pair === undefined) break;
      offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else {
      node = document.getIn(path.slice(0, path.indexOf(step) + 1), true);
      offset = isNode(node) ? (node.range?.[0] ?? offset) : offset;
    }
  }
  return offset;
}
