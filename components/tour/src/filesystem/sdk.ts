import { mkdir, readdir, readFile, stat, writeFile } from "@golem-kit/sdk/fs";

import type { File } from "kit:tour-exports/sdk";

export async function filesystem(directory: string, name: string, text: string): Promise<File> {
  const path = `${directory}/${name}`;
  await mkdir(directory);
  await writeFile(path, text);
  const { size } = await stat(path);
  return { size: BigInt(size), content: await readFile(path, "utf8"), files: await readdir(directory) };
}
