import type { Context } from "hono";
import type { Component } from "../ground/api/components.ts";
import type { Host } from "../ground/api/host.ts";
import { GolemError } from "../ground/golem-error.ts";
import { json } from "./answer.ts";
import { invalid, malformed, notFound } from "./request-error.ts";
import { componentIdOf, requiredQuery, workerIdOf } from "./request-parts.ts";
import type { Routes } from "./routes.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Plugins: this host has none, so that every list is empty, what names one does not find it, and none can be added.
 *
 * @param component the component of the path
 */
export function pluginRoutes({ workers }: Host, component: (context: Context) => Component): Routes {
  const nothing = () => json([]);
  const refuse = (): never => {
    throw invalid("This host runs no plugins: deploy the component to a Golem server to use them");
  };
  const installsOf = {
    GET: (context: Context) => {
      componentIdOf(context);
      return nothing();
    },
    POST: (context: Context) => {
      component(context);
      return refuse();
    },
  };
  const installation = (context: Context): never => {
    component(context);
    throw notFound(`Plugin installation not found: ${context.req.param("installation_id") ?? ""}`);
  };
  const onWorker = async (context: Context): Promise<Response> => {
    const id = workerIdOf(context);
    const installationId = requiredQuery(context, "plugin-installation-id");
    if (!UUID.test(installationId)) {
      throw malformed(
        'failed to parse parameter `plugin-installation-id`: failed to parse "string(PluginInstallationId)": it is no UUID',
      );
    }
    await workers.get(id);
    throw new GolemError({
      type: "InvalidRequest",
      details: `Plugin installation not found: ${installationId}`,
    });
  };

  return {
    "/v1/plugins": { GET: nothing, POST: refuse },
    "/v1/library-plugins": { POST: refuse },
    "/v1/app-plugins": { POST: refuse },
    "/v1/plugins/:plugin_name": { GET: nothing },
    "/v1/plugins/:plugin_name/:plugin_version": {
      GET: (context) => {
        const { plugin_name: name, plugin_version: version } = context.req.param();
        throw notFound(`Plugin not found: ${name ?? ""} ${version ?? ""}`);
      },
    },
    "/v1/components/:component_id/versions/:version/plugins/installs": { GET: installsOf.GET },
    "/v1/components/:component_id/latest/plugins/installs": installsOf,
    "/v1/components/:component_id/latest/plugins/installs/:installation_id": {
      PUT: installation,
      DELETE: installation,
    },
    "/v1/components/:component_id/workers/:name/activate-plugin": { POST: onWorker },
    "/v1/components/:component_id/workers/:name/deactivate-plugin": { POST: onWorker },
  };
}
