import type { Context } from "hono";
import type { Component } from "../ground/api/components.ts";
import type { Host } from "../ground/api/host.ts";
import { GolemError } from "../ground/golem-error.ts";
import { bytes, json } from "./answer.ts";
import { componentForm, componentType, requiredName } from "./component-form.ts";
import { JsonShapeError, list, object, optional, string, u64 } from "./json-shape.ts";
import { pluginRoutes } from "./plugin-routes.ts";
import { bodyOf, bytesBody } from "./request-body.ts";
import { invalid, malformed, notFound } from "./request-error.ts";
import { componentIdOf, numberQuery } from "./request-parts.ts";
import type { Routes } from "./routes.ts";

const componentSearch = object("ComponentSearch", {
  components: list(
    "ComponentSearchParameters",
    object("ComponentSearchParameters", { name: string, version: optional("integer(uint64)", u64) }),
  ),
});

/** Components and their versions. */
export function componentRoutes(
  host: Host,
  { maxJsonBytes, maxComponentBytes }: { readonly maxJsonBytes: number; readonly maxComponentBytes: number },
): Routes {
  const { components } = host;
  const existing = (component: Component | undefined): Component => {
    if (component === undefined) throw notFound("Component not found");
    return component;
  };
  const update = async (componentId: string, upload: Parameters<typeof components.update>[1]) => {
    existing(components.get(componentId));
    return json(await parsed(components.update(componentId, upload)));
  };

  const found = (name: string, version: number | undefined): readonly Component[] =>
    components
      .list(name)
      .flatMap(({ versionedComponentId }) => components.get(versionedComponentId.componentId, version) ?? []);

  /** As on Golem: every version of each, or of the one of that name. */
  const listed = (name: string | undefined): readonly Component[] =>
    components
      .list(name)
      .flatMap(({ versionedComponentId }) => components.versions(versionedComponentId.componentId))
      .toSorted((one, other) => byIdAndVersion(one.versionedComponentId, other.versionedComponentId));

  return {
    ...pluginRoutes(host, (context) => existing(components.get(componentIdOf(context)))),
    "/v1/components": {
      GET: (context) => json(listed(context.req.query("component-name"))),
      POST: async (context) => {
        const form = await componentForm(context, maxComponentBytes);
        const name = checkedComponentName(requiredName(form));
        return json(await parsed(components.create(name, form.upload)));
      },
    },
    "/v1/components/search": {
      POST: async (context) => {
        const { components: wanted } = await bodyOf(context, maxJsonBytes, componentSearch);
        return json(wanted.flatMap(({ name, version }) => found(name, version)));
      },
    },
    "/v1/components/:component_id": {
      GET: (context) => json(components.versions(componentIdOf(context))),
    },
    "/v1/components/:component_id/updates": {
      POST: async (context) => {
        const componentId = componentIdOf(context);
        const { upload } = await componentForm(context, maxComponentBytes);
        return update(componentId, upload);
      },
    },
    "/v1/components/:component_id/upload": {
      PUT: async (context) => {
        const componentId = componentIdOf(context);
        const type = componentTypeQuery(context);
        const wasm = await bytesBody(context, maxComponentBytes);
        return update(componentId, type === undefined ? { wasm } : { wasm, componentType: type });
      },
    },
    "/v1/components/:component_id/latest": {
      GET: (context) => json(existing(components.get(componentIdOf(context)))),
    },
    "/v1/components/:component_id/versions/:version": {
      GET: (context) => json(existing(components.get(componentIdOf(context), versionOf(context)))),
    },
    "/v1/components/:component_id/versions/:version/file-contents/:file_key": {
      GET: async (context) => {
        const componentId = componentIdOf(context);
        const version = versionOf(context);
        existing(components.get(componentId, version));
        return bytes(
          await components.fileContents(componentId, version, context.req.param("file_key") ?? ""),
        );
      },
    },
    "/v1/components/:component_id/download": {
      GET: async (context) => {
        const componentId = componentIdOf(context);
        const wasm = await downloaded(components, componentId, numberQuery(context, "version"));
        return bytes(wasm);
      },
    },
  };
}

function versionOf(context: Context): number {
  const text = context.req.param("version") ?? "";
  if (!/^\d{1,15}$/.test(text)) throw invalid("Invalid version");
  return Number(text);
}

async function downloaded(
  components: Host["components"],
  componentId: string,
  version: number | undefined,
): Promise<Uint8Array> {
  try {
    return await components.download(componentId, version);
  } catch (error) {
    if (!(error instanceof GolemError) || error.detail.type !== "ComponentNotFound") throw error;
    throw notFound(`Unknown component id: ${componentId}`);
  }
}

/** What comes of an upload. @throws RequestError if it is no component */
async function parsed(upload: Promise<Component>): Promise<Component> {
  try {
    return await upload;
  } catch (error) {
    if (!(error instanceof GolemError) || error.detail.type !== "ComponentParseFailed") throw error;
    throw invalid(`Parsing error: ${error.detail.reason}`);
  }
}

function checkedComponentName(name: string): string {
  if (name.trim() === "") throw invalid("Invalid component name: it must not be empty");
  return name;
}

function componentTypeQuery(context: Context): ReturnType<typeof componentType> | undefined {
  const text = context.req.query("component_type");
  try {
    return text === undefined ? undefined : componentType(text);
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error;
    throw malformed(`failed to parse parameter \`component_type\`: ${error.message}`);
  }
}

type VersionedId = Component["versionedComponentId"];

function byIdAndVersion(one: VersionedId, other: VersionedId): number {
  if (one.componentId === other.componentId) return one.version - other.version;
  return one.componentId < other.componentId ? -1 : 1;
}
