import type { Implementation } from "@golem-kit/sdk";
import { createContainer, moveObject, openContainer } from "@golem-kit/sdk/blobstore";

import type { File } from "shop:receipts-exports/api";
import type * as Exports from "shop:receipts-exports/api";

import { scannedPages, sha256 } from "./scan.ts";

const ARCHIVE = "archive";

const receipts = openContainer("receipts", { create: true });

async function scan(name: string, size: number): Promise<string> {
  const pages = scannedPages(size);
  await receipts.put(name, pages);
  return sha256(pages);
}

async function sum(name: string): Promise<string | undefined> {
  const bytes = await receipts.bytes(name);
  return bytes && sha256(bytes);
}

async function copy(name: string, target: string): Promise<boolean> {
  const content = await receipts.stream(name);
  if (content === undefined) return false;
  await receipts.put(target, content);
  return true;
}

async function info(name: string): Promise<File | undefined> {
  const found = await receipts.info(name);
  return found && { name, size: BigInt(found.size), createdAt: BigInt(found.createdAt.getTime()) };
}

async function archive(name: string): Promise<void> {
  await createContainer(ARCHIVE);
  await moveObject({ container: receipts.name, object: name }, { container: ARCHIVE, object: name });
}

export const api: Implementation<typeof Exports> = {
  write: (name, text) => receipts.put(name, text),
  read: (name) => receipts.text(name),
  scan,
  part: (name, start, end) => receipts.bytes(name, { start, end }),
  sum,
  copy,
  listFiles: (prefix) => Array.fromAsync(receipts.list({ prefix })),
  info,
  archive,
  remove: (name) => receipts.delete(name),
};
