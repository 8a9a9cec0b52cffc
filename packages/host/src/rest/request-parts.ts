import type { Context } from "hono";
import type { WorkerId } from "../ground/api/worker-id.ts";
import { GolemError } from "../ground/golem-error.ts";
import { assertWorkerName } from "../worker/worker-name.ts";
import { invalid, malformed, RequestError } from "./request-error.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const GROUP_LENGTHS = [8, 4, 4, 4, 12];

/** The component in the path. */
export function componentIdOf(context: Context): string {
  const text = context.req.param("component_id") ?? "";
  if (UUID.test(text)) return text;
  const problem = uuidProblem(text);
  if (problem === null) return text.toLowerCase();
  throw malformed(`failed to parse path \`component_id\`: failed to parse "string(ComponentId)": ${problem}`);
}

/** What Golem's UUID parser finds wrong with a text that is no UUID. */
function uuidProblem(text: string): string | null {
  const wrong = /[^0-9a-f-]/i.exec(text);
  if (wrong !== null) {
    const expected = "expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-]";
    return `invalid character: ${expected}, found \`${wrong[0]}\` at ${wrong.index + 1}`;
  }
  const groups = text.split("-");
  if (groups.length === 1)
    return `invalid length: expected length 32 for simple format, found ${text.length}`;
  if (groups.length !== 5) return `invalid group count: expected 5, found ${groups.length}`;
  const index = groups.findIndex((group, at) => group.length !== GROUP_LENGTHS[at]);
  if (index < 0) return null;
  return `invalid group length in group ${index}: expected ${GROUP_LENGTHS[index]}, found ${groups[index]?.length}`;
}

/** The worker in the path. */
export function workerIdOf(context: Context): WorkerId {
  return {
    componentId: componentIdOf(context),
    workerName: checkedWorkerName(context.req.param("name") ?? ""),
  };
}

/**
 * The rest of a path behind `…/files/` or `…/file-contents/`: a path in the worker's file system, absolute. Its slashes
 * may be encoded; `%2F` alone is the root.
 */
export function filePathOf(context: Context): string {
  const [, , , , , , , ...parts] = new URL(context.req.url).pathname.split("/");
  if (parts.includes("")) throw new RequestError(404, "not found");
  const path = decoded(parts.join("/"));
  const names = path.split("/").filter((name) => name !== "");
  if (names.some((name) => name === "." || name === ".." || name.includes("\0")))
    throw invalid(`Invalid file path: ${path}`);
  return `/${names.join("/")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed("failed to parse path `file_name`: it is not UTF-8");
  }
}

export function checkedWorkerName(name: string): string {
  try {
    assertWorkerName(name);
    return name;
  } catch (error) {
    throw error instanceof GolemError ? invalid(error.message) : error;
  }
}

export function requiredQuery(context: Context, name: string): string {
  const text = context.req.query(name);
  if (text === undefined) {
    throw malformed(`failed to parse parameter \`${name}\`: Type "string" expects an input value.`);
  }
  return text;
}

export function numberQuery(context: Context, name: string): number | undefined {
  const text = context.req.query(name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw malformed(
    `failed to parse parameter \`${name}\`: failed to parse "integer(uint64)": invalid digit found in string`,
  );
}

export function requiredNumberQuery(context: Context, name: string): number {
  const value = numberQuery(context, name);
  if (value !== undefined) return value;
  throw malformed(`failed to parse parameter \`${name}\`: Type "integer(uint64)" expects an input value.`);
}

export function booleanQuery(context: Context, name: string): boolean {
  const text = context.req.query(name) ?? "false";
  if (text === "true" || text === "false") return text === "true";
  throw malformed(
    `failed to parse parameter \`${name}\`: failed to parse "boolean": provided string was not \`true\` or \`false\``,
  );
}
