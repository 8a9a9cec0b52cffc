import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseWit, resolveWit, type WitModel, type WitTexts } from "@golem-kit/wit";
import { syncFolder } from "../files.ts";

/** The model of WIT texts. The main package is that of the files outside `deps/`. */
export function resolveTexts(texts: WitTexts): WitModel {
  const files = Array.from(texts, ([path, text]) => parseWit(text, { file: path }));
  const isDependency = ({ file = "" }: { readonly file?: string }) => file.startsWith("deps/");
  return resolveWit(files.toSorted((a, b) => Number(isDependency(a)) - Number(isDependency(b))));
}

/** Runs some work with WIT texts in a folder, as the tools of the component model want them. */
export async function withWitFolder<T>(texts: WitTexts, work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "golem-kit-wit-"));
  try {
    await syncFolder(dir, texts);
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
