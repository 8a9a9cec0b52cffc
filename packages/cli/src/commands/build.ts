import { buildNamed } from "@golem-kit/deployment";
import type { Command } from "commander";

/** `golem-kit build [name…]` */
export function addBuild(program: Command): void {
  program
    .command("build")
    .summary("build components")
    .description("Builds the components of golem.yaml whose sources have changed.")
    .argument("[name...]", "components, e.g. shop:orders; all if none is named")
    .option("--force", "build even what is up to date")
    .action(async (names: readonly string[], { force = false }: { readonly force?: boolean }) => {
      await buildNamed(names, { force });
    });
}
