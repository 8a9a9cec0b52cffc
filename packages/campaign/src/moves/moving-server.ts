/**
 * A server whose workers are moved from version to version, again and again, while they are called:
 * `node moving-server.ts <dataDir> <cacheDir> <component id>`. It says where it listens, and then what came of each round of moves.
 */

import { createHost, serve } from "@golem-kit/host";
import { moveAll } from "./move-all.ts";

const [dataDir = "", cacheDir = "", componentId = ""] = process.argv.slice(2);
const host = await createHost({ dataDir, cacheDir, shards: 2 });
const { url } = await serve(host, { port: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);
for (let round = 0; ; round += 1) {
  const versions = host.components.versions(componentId).length;
  const outcomes = await moveAll(host, componentId, round % versions);
  process.stdout.write(`${JSON.stringify({ version: round % versions, outcomes })}\n`);
}
