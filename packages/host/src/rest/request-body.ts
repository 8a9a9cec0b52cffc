import type { JsonTree } from "@golem-kit/wit";
import { parseJson } from "@golem-kit/wit";
import type { Context } from "hono";
import type { Shape } from "./json-shape.ts";
import { JsonShapeError } from "./json-shape.ts";
import { jsonProblem } from "./json-problem.ts";
import { RequestError, malformed } from "./request-error.ts";

/** The JSON of a request. @param limit bytes that it may have */
async function jsonBody(context: Context, limit: number): Promise<JsonTree> {
  const text = hasLength(context, limit)
    ? await context.req.text()
    : UTF8.decode(await limitedBytes(context, limit));
  const tree = parsed(text);
  if (isDeeper(tree, MAX_DEPTH)) throw malformed("parse request payload error: recursion limit exceeded");
  return tree;
}

/** No value of a WIT type nests as deep; what does would only exhaust the stack of those who read it. */
const MAX_DEPTH = 128;

function isDeeper(tree: JsonTree, depth: number): boolean {
  if (typeof tree !== "object" || tree === null) return false;
  if (depth === 0) return true;
  const parts: Iterable<JsonTree> = Array.isArray(tree) ? tree : Object.values(tree);
  for (const part of parts) if (isDeeper(part, depth - 1)) return true;
  return false;
}

function parsed(text: string): JsonTree {
  try {
    return parseJson(text);
  } catch {
    throw malformed(`parse request payload error: ${jsonProblem(text)}`);
  }
}

export async function bodyOf<T>(context: Context, limit: number, shape: Shape<T>): Promise<T> {
  const tree = await jsonBody(context, limit);
  try {
    return shape(tree);
  } catch (error) {
    throw error instanceof JsonShapeError
      ? malformed(`parse request payload error: ${error.message}`)
      : error;
  }
}

/** The bytes of a request. @param limit how many it may have */
export async function bytesBody(context: Context, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  return hasLength(context, limit)
    ? new Uint8Array(await context.req.arrayBuffer())
    : limitedBytes(context, limit);
}

const UTF8 = new TextDecoder();

/** True if the request says its length, which the HTTP server holds it to; false if it has to be counted. */
function hasLength(context: Context, limit: number): boolean {
  const length = context.req.header("content-length");
  if (length !== undefined && Number(length) > limit) throw tooLarge(limit);
  return length !== undefined;
}

async function limitedBytes(context: Context, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(limit: number): RequestError {
  return new RequestError(413, `payload too large: at most ${limit} bytes are accepted`);
}
