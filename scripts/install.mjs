/** Installs the packages of package-lock.json. Plain JavaScript for Node ≥ 18 without dependencies. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * Whether node_modules holds what package-lock.json asks for, by the record that npm keeps of its last installation.
 *
 * @param {string} root directory of package-lock.json
 * @returns {boolean}
 */
export function isInstalled(root) {
  const installed = readLock(join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return false;
  const wanted = readLock(join(root, "package-lock.json")) ?? {};
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional || installed[path]?.version === entry.version,
  );
}

const installation = ["install", "--no-save"];

/**
 * Installs the locked versions, from npm's own cache if the registry cannot be reached.
 *
 * @param {string} root directory of package-lock.json
 * @throws {Error} when the packages cannot be had
 */
export function install(root) {
  console.log("Installing the packages of package-lock.json …");
  const started = Date.now();
  const registry = unreachableRegistry(root);
  if (registry === undefined) {
    const { status } = npm(root, [...installation, "--loglevel=error"], "inherit");
    if (status !== 0)
      throw new Error('The packages could not be installed: npm says why above; "npm install" repeats it.');
  } else if (npm(root, [...installation, "--offline", "--silent"], "ignore").status !== 0) {
    throw new Error(
      `The npm registry ${registry.url} cannot be reached (${registry.code}), and packages are missing: connect, or name another with "npm config set registry URL", and run this again.`,
    );
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

/** The registry and the network error; undefined when there is any answer, for not every registry knows `ping`. */
function unreachableRegistry(root) {
  const { status, stdout } = npm(
    root,
    ["ping", "--json", "--fetch-retries=0", "--fetch-timeout=15000", "--silent"],
    "pipe",
  );
  const code = status === 0 ? undefined : errorCode(stdout);
  if (code === undefined || /^E\d{3}$/.test(code)) return undefined;
  return { url: npm(root, ["config", "get", "registry", "--silent"], "pipe").stdout.trim(), code };
}

function errorCode(json) {
  try {
    return JSON.parse(json).error.code;
  } catch {
    return "no answer";
  }
}

/** npm by the path that `npm run` gives, because Windows cannot start `npm` without a shell. */
function npm(root, args, stdio) {
  const cli = process.env.npm_execpath;
  const known = cli !== undefined && basename(cli).startsWith("npm");
  const [program, ...first] = known ? [process.execPath, cli] : ["npm"];
  const options = { cwd: root, stdio, encoding: "utf8", shell: !known && process.platform === "win32" };
  const result = spawnSync(program, [...first, ...args], options);
  if (result.error)
    throw new Error(
      `npm cannot be started (${result.error.message}): install it with Node from https://nodejs.org.`,
    );
  return result;
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}
