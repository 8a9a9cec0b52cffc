import type { JsonTree } from "@golem-kit/wit";
import { parseJson } from "@golem-kit/wit";
import type { Context } from "hono";
import type { ComponentType, ComponentUpload, DynamicLinking } from "../ground/api/components.ts";
import type { FileToExtract } from "./files-archive.ts";
import { extractFiles } from "./files-archive.ts";
import type { Shape } from "./json-shape.ts";
import { JsonShapeError, list, map, object, oneOf, optional, string } from "./json-shape.ts";
import { parseMultipart } from "./multipart.ts";
import { bytesBody } from "./request-body.ts";
import { RequestError, malformed } from "./request-error.ts";

const COMPONENT_TYPES: readonly ComponentType[] = ["Durable", "Ephemeral"];

export const componentType: Shape<ComponentType> = oneOf("ComponentType", COMPONENT_TYPES);

const absolutePath: Shape<string> = (json) => {
  const path = string(json);
  if (path.startsWith("/") && !path.split("/").some((part) => part === ".." || part === ".")) return path;
  throw new JsonShapeError('failed to parse "ComponentFilePathWithPermissionsList": Path must be absolute');
};

const filesPermissions = optional(
  "ComponentFilePathWithPermissionsList",
  object<{ values: FileToExtract[] }>("ComponentFilePathWithPermissionsList", {
    values: list(
      "ComponentFilePathWithPermissions",
      object<FileToExtract>("ComponentFilePathWithPermissions", {
        path: absolutePath,
        permissions: oneOf("ComponentFilePermissions", ["read-only", "read-write"]),
      }),
    ),
  }),
);

const dynamicLinking = optional(
  "DynamicLinking",
  object<{ dynamicLinking: DynamicLinking }>("DynamicLinking", {
    dynamicLinking: map(
      "DynamicLinkedInstance",
      object<DynamicLinking[string]>("DynamicLinkedInstance", {
        type: oneOf("DynamicLinkedInstance", ["WasmRpc"]),
        targets: map(
          "WasmRpcTarget",
          object<DynamicLinking[string]["targets"][string]>("WasmRpcTarget", {
            interfaceName: string,
            componentName: string,
            componentType,
          }),
        ),
      }),
    ),
  }),
);

const env = optional(
  "ComponentEnv",
  object<{ keyValues: Record<string, string> }>("ComponentEnv", { keyValues: map("string", string) }),
);

export interface ComponentForm {
  readonly name: string | undefined;
  readonly upload: ComponentUpload;
}

/**
 * Reads the multipart form of a new component or version. Only files that `filesPermissions` lists are taken out of the
 * archive; without an archive there are no files.
 *
 * @param limit bytes of the whole form; unpacked files may have as many
 */
export async function componentForm(context: Context, limit: number): Promise<ComponentForm> {
  const form = await multipart(context, limit);
  const wasm = form.get("component");
  if (wasm === undefined) throw missing("component");
  const archive = form.get("files");
  const type = field(form, "componentType", optional("ComponentType", componentType), (text) => text);
  const permissions = field(form, "filesPermissions", filesPermissions, parseJson);
  const linking = field(form, "dynamicLinking", dynamicLinking, parseJson);
  const variables = field(form, "env", env, parseJson);
  const upload: ComponentUpload = {
    wasm,
    dynamicLinking: linking?.dynamicLinking ?? {},
    env: variables?.keyValues ?? {},
    ...(type !== undefined && { componentType: type }),
    ...(archive !== undefined && { files: extractFiles(archive, permissions?.values ?? [], limit) }),
  };
  return { name: textOf(form, "name"), upload };
}

export function requiredName({ name }: ComponentForm): string {
  if (name === undefined) throw missing("name");
  return name;
}

type Form = ReadonlyMap<string, Uint8Array>;

async function multipart(context: Context, limit: number): Promise<Form> {
  const contentType = context.req.header("content-type") ?? "";
  if (!contentType.toLowerCase().startsWith("multipart/form-data")) {
    throw new RequestError(
      415,
      `the \`Content-Type\` requested by the client is not supported: ${contentType}`,
    );
  }
  const bytes = await bytesBody(context, limit);
  try {
    return await parseMultipart(contentType, bytes);
  } catch (error) {
    throw malformed(`parse multipart error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function field<T>(form: Form, name: string, shape: Shape<T>, parse: (text: string) => JsonTree): T {
  const text = textOf(form, name);
  try {
    return shape(text === undefined ? undefined : parse(text));
  } catch (error) {
    if (!(error instanceof JsonShapeError || error instanceof SyntaxError)) throw error;
    throw malformed(`parse multipart error: failed to parse field \`${name}\`: ${error.message}`);
  }
}

const UTF8 = new TextDecoder();

function textOf(form: Form, name: string): string | undefined {
  const part = form.get(name);
  return part === undefined ? undefined : UTF8.decode(part);
}

function missing(name: string): RequestError {
  return malformed(`parse multipart error: field \`${name}\` is required`);
}
