import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { unknownName } from "@golem-kit/wit";
import { UserError } from "../user-error.ts";
import { defaultUrl } from "./default-url.ts";

/** A server, as a profile of golem-cli 1.2 names it. */
export interface Profile {
  /** Where components are. */
  readonly url: string;
  /** Where workers are. */
  readonly workerUrl: string;
  /** Who asks: a secret. */
  readonly token?: string;
}

type Json = Readonly<Record<string, unknown>>;

const CLOUD_URL = "https://release.api.golem.cloud";

/** The profiles that golem-cli has without being told. */
const BUILT_IN: Json = { local: { Golem: { url: defaultUrl } }, cloud: { GolemCloud: {} } };

/**
 * A profile of golem-cli, out of `~/.golem/config.json`. Whether it allows certificates that cannot be verified is not heeded.
 *
 * @throws UserError if the file cannot be read; NameError with the nearest name if there is no such profile
 */
export async function readProfile(name: string): Promise<Profile> {
  const path = join(homedir(), ".golem", "config.json");
  const config = await readConfig(path);
  const profiles = { ...BUILT_IN, ...objectOf(config["profiles"]) };
  if (!Object.hasOwn(profiles, name))
    throw unknownName("profile", name, { place: `in ${path}`, known: Object.keys(profiles) });
  const profile = objectOf(profiles[name]);
  if ("GolemCloud" in profile) return cloudProfile(objectOf(profile["GolemCloud"]));
  const { url, worker_url: workerUrl } = objectOf(profile["Golem"]);
  if (typeof url !== "string") throw new UserError(`The profile ${name} in ${path} has no url`);
  return { url, workerUrl: textOr(workerUrl, url) };
}

function cloudProfile({ custom_url: custom, custom_worker_url: customWorker, auth }: Json): Profile {
  const url = textOr(custom, CLOUD_URL);
  const { secret } = objectOf(auth);
  return {
    url,
    workerUrl: textOr(customWorker, url),
    ...(typeof secret === "string" && { token: secret }),
  };
}

async function readConfig(path: string): Promise<Json> {
  try {
    return objectOf(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`The profiles of golem-cli cannot be read from ${path}: ${reason}`, { cause: error });
  }
}

function objectOf(json: unknown): Json {
  return typeof json === "object" && json !== null ? (json as Json) : {};
}

function textOr(given: unknown, otherwise: string): string {
  return typeof given === "string" ? given : otherwise;
}
