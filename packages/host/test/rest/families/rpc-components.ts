import { foreignComponent, type RestComponent, type RestHost } from "../rest-host.ts";

/** Callers, one whose client the host links and one that was composed with it, and what they call. */
export interface Callers {
  readonly target: RestComponent;
  readonly caller: RestComponent;
  readonly composed: RestComponent;
}

/** Deploys callers, and both of the components that they call: a durable one and an ephemeral one. */
export async function deployCallers(host: RestHost): Promise<Callers> {
  const scenarios = await foreignComponent("rust-scenarios");
  const target = await host.deploy("golem:it", scenarios);
  await host.deploy("it:once", scenarios, { componentType: "Ephemeral" });
  const once = {
    type: "WasmRpc",
    targets: { surroundings: linkTarget("it:once", "Ephemeral", "golem:it/surroundings") },
  };
  const client = {
    type: "WasmRpc",
    targets: {
      counters: linkTarget("golem:it", "Durable", "golem:it/counters"),
      counter: linkTarget("golem:it", "Durable", "golem:it/counters"),
      surroundings: linkTarget("golem:it", "Durable", "golem:it/surroundings"),
      failures: linkTarget("golem:it", "Durable", "golem:it/failures"),
    },
  };
  const deploy = async (name: string, dynamicLinking: object): Promise<RestComponent> =>
    host.deploy(`it:${name}`, await foreignComponent(`rust-${name}`), {
      dynamicLinking: JSON.stringify({ dynamicLinking }),
    });
  return {
    target,
    caller: await deploy("caller", {
      "golem:it-client/scenarios-client": client,
      "it:once-client/once-client": once,
    }),
    composed: await deploy("composed", { "it:once-client/once-client": once }),
  };
}

function linkTarget(componentName: string, componentType: string, interfaceName: string): object {
  return { componentName, componentType, interfaceName };
}
