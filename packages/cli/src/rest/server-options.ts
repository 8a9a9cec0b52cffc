import { type Command, Option } from "commander";
import { defaultUrl } from "./default-url.ts";
import { GolemClient } from "./golem-client.ts";
import { readProfile } from "./profile.ts";

/** Which server a command speaks to, and as whom. */
export interface ServerOptions {
  readonly url?: string;
  readonly profile?: string;
  readonly token?: string;
}

/** Adds `--url`, `--profile` and `--token`. */
export function addServerOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--url <url>",
        `the server's address (default: that of the profile, or ${defaultUrl})`,
      ).conflicts("profile"),
    )
    .option(
      "--profile <name>",
      "the server that golem-cli knows by this name, out of ~/.golem/config.json (default: $GOLEM_PROFILE)",
    )
    .option(
      "--token <token>",
      "who asks, for servers that want to know (default: $GOLEM_AUTH_TOKEN, that of the profile, or without a profile $GOLEM_KIT_TOKEN)",
    );
}

/**
 * The server that is meant. A profile's token goes to the profile's server only.
 *
 * @throws UserError, NameError
 */
export async function clientOf({ url, profile, token }: ServerOptions): Promise<GolemClient> {
  const { GOLEM_PROFILE, GOLEM_AUTH_TOKEN, GOLEM_KIT_TOKEN } = process.env;
  const name = url === undefined ? (profile ?? GOLEM_PROFILE) : undefined;
  const known = name === undefined ? undefined : await readProfile(name);
  const secret = token ?? GOLEM_AUTH_TOKEN ?? (known === undefined ? GOLEM_KIT_TOKEN : known.token);
  return new GolemClient(url ?? known?.url ?? defaultUrl, {
    ...(known !== undefined && { workerUrl: known.workerUrl }),
    ...(secret !== undefined && { token: secret }),
  });
}
