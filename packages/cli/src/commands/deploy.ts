import { buildNamed, createProgress, deploy } from "@golem-kit/deployment";
import type { Command } from "commander";
import pc from "picocolors";
import { GolemClient } from "../rest/golem-client.ts";
import { defaultUrl } from "../rest/default-url.ts";

/** `golem-kit deploy [name…]` */
export function addDeploy(program: Command): void {
  program
    .command("deploy")
    .summary("build components and deploy them to a Golem server")
    .description(
      "Builds what is stale and deploys it to a Golem server: golem-kit serve, or Golem itself. What is equal there stays as it is.",
    )
    .argument("[name...]", "components, e.g. shop:orders; all if none is named")
    .option("--url <url>", "the server's address", defaultUrl)
    .action(deployNamed);
}

async function deployNamed(names: readonly string[], { url }: { readonly url: string }): Promise<void> {
  const client = new GolemClient(url);
  const built = await buildNamed(names);
  using progress = createProgress("Deploying");
  for (const one of built.filter(({ componentType }) => componentType !== "library")) {
    progress.status(`Deploying ${one.name}`);
    const { change, component } = await deploy(client, one);
    const { componentId, version } = component.versionedComponentId;
    progress.done(`${one.name} ${change} ${pc.dim(`version ${version} of ${componentId}`)}`);
  }
}
