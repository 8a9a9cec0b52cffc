import { type JsonTree, stringifyJson } from "@golem-kit/wit";

/** A server's refusal. */
export class RestError extends Error {
  override readonly name = "RestError";
  /** HTTP status. */
  readonly status: number;
  /** Golem's name of the error, e.g. `WorkerNotFound`, if it gave one. */
  readonly type: string | undefined;
  /** What the server said. */
  readonly details: string;

  constructor(request: string, status: number, body: JsonTree) {
    const type = golemError(body)?.["type"];
    const details = explain(body);
    super(`${details} (${status} from ${request})`);
    this.details = details;
    this.status = status;
    this.type = typeof type === "string" ? type : undefined;
  }
}

type JsonObject = { readonly [key: string]: JsonTree };

/** Golem answers `{golemError}`, `{error}`, `{errors}` or a plain text. */
function explain(body: JsonTree): string {
  if (typeof body === "string") return body === "" ? "No explanation given" : body;
  const detail = golemError(body);
  if (detail !== undefined) {
    const { type, ...fields } = detail;
    const text = fields["details"] ?? fields["reason"] ?? fields;
    return [type, text]
      .map((part) => (typeof part === "string" ? part : stringifyJson(part ?? null)))
      .join(": ");
  }
  const { error, errors } = isObject(body) ? body : {};
  if (typeof error === "string") return error;
  if (Array.isArray(errors)) return errors.join("; ");
  return stringifyJson(body);
}

function golemError(body: JsonTree): JsonObject | undefined {
  const detail = isObject(body) ? body["golemError"] : undefined;
  return isObject(detail) ? detail : undefined;
}

function isObject(json: JsonTree | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
