import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { compileCheck, parseWit, resolveWit, type WitInterface } from "@golem-kit/wit";
import type { HostContext } from "../../src/interfaces/ports.ts";
import type { OpenNode } from "../../src/filesystem/open-nodes.ts";
import { WorkerFiles } from "../../src/filesystem/worker-files.ts";
import type { DurableFunction } from "../../src/interfaces/host-interface.ts";
import { filesystemTypes } from "../../src/interfaces/wasi/filesystem-types.ts";
import { askingPort } from "../asking-port.ts";
import { streams } from "../../src/interfaces/wasi/io.ts";

const WIT = new URL("../../../../wit/deps/", import.meta.url);

/** wasi:filesystem/types as components import it. */
export function filesystemWit(): WitInterface {
  const files = ["filesystem", "io", "clocks", "golem-rpc"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, WIT)).map((name) =>
      parseWit(readFileSync(new URL(`${folder}/${name}`, WIT), "utf8"), { file: `${folder}/${name}` }),
    ),
  );
  const found = resolveWit(files).interface("wasi:filesystem/types@0.2.0");
  if (found === undefined) throw new Error("wit/deps has no wasi:filesystem/types");
  return found;
}

const CHECKS: ReadonlyMap<string, (value: unknown) => void> = new Map(
  [...filesystemWit().functions.values()].flatMap(({ name, result }) =>
    result === null ? [] : [[name, compileCheck(result, name)] as const],
  ),
);

type Result = { readonly tag: "ok" | "err"; readonly val?: unknown };

/** Calls the host functions of wasi:filesystem/types as a guest does, on a directory of its own. */
export class Guest implements Disposable {
  /** Beside the root: what is in here is not the guest's. */
  readonly outside: string;
  readonly root: OpenNode;
  /** Host path. */
  readonly place: string;
  readonly files: WorkerFiles;
  /** What `now` is, in nanoseconds since the epoch. */
  now = 1_700_000_000_123_456_789n;
  readonly #folder = mkdtempSync(join(tmpdir(), "golem-kit-files-"));
  readonly #context: HostContext;

  /** @param initial contents by path, of read-only initial files */
  constructor(initial: Readonly<Record<string, string>> = {}) {
    this.outside = join(this.#folder, "outside");
    this.place = join(this.#folder, "root");
    mkdirSync(this.outside);
    writeFileSync(join(this.outside, "secret.txt"), "secret");
    this.files = new WorkerFiles(
      this.place,
      Object.entries(initial).map(([path, text], index) => {
        const content = join(this.#folder, `initial-${index}`);
        writeFileSync(content, text);
        return { path, permissions: "read-only", content };
      }),
    );
    const context = {
      ...askingPort(),
      files: this.files,
      now: () => this.now,
      call: (fn: DurableFunction<HostContext>, ...args: never[]): unknown => {
        const response = fn.run(this.#context, ...args);
        return fn.toGuest === undefined ? response : fn.toGuest(this.#context, response as never, ...args);
      },
    };
    this.#context = context as unknown as HostContext;
    this.root = this.files.openRoot();
  }

  /** The function's result, checked against its WIT type. */
  call(name: string, ...args: readonly unknown[]): unknown {
    const fn = { ...filesystemTypes.functions, ...streams.functions }[name];
    if (fn === undefined) throw new Error(`There is no ${name}`);
    const result = fn.run(this.#context, ...(args as never[]));
    CHECKS.get(name)?.(result);
    return result;
  }

  /** What a method returns, or `failed: ` and the error code. */
  on(self: OpenNode, method: string, ...args: readonly unknown[]): unknown {
    const { tag, val } = this.call(`[method]descriptor.${method}`, self, ...args) as Result;
    return tag === "ok" ? val : `failed: ${String(val)}`;
  }

  /** Like `on`, for the root directory. */
  do(method: string, ...args: readonly unknown[]): unknown {
    return this.on(this.root, method, ...args);
  }

  /** @throws Error if it cannot be opened */
  open(path: string, openFlags: object = {}, flags: object = { read: true }): OpenNode {
    const node = this.do("open-at", { symlinkFollow: true }, path, openFlags, flags);
    if (typeof node === "string") throw new Error(`${path}: ${node}`);
    return node as OpenNode;
  }

  write(path: string, text: string): void {
    const file = this.open(path, { create: true, truncate: true }, { write: true });
    this.on(file, "write", new TextEncoder().encode(text), 0n);
    this.drop(file);
  }

  read(path: string): string {
    const file = this.open(path);
    const content = this.on(file, "read", 1_000n, 0n);
    this.drop(file);
    return typeof content === "string" ? content : new TextDecoder().decode((content as [Uint8Array])[0]);
  }

  drop(node: OpenNode): void {
    this.call("[resource-drop]descriptor", node);
  }

  /** Everything beside the root, to be compared. */
  surroundings(): unknown {
    const initial = readdirSync(this.#folder).filter((name) => name.startsWith("initial-"));
    return {
      folder: readdirSync(this.#folder).filter((name) => name !== "root"),
      outside: readdirSync(this.outside),
      contents: [join("outside", "secret.txt"), ...initial].map((name) =>
        readFileSync(join(this.#folder, name), "utf8"),
      ),
    };
  }

  get exists(): boolean {
    return existsSync(this.place);
  }

  [Symbol.dispose](): void {
    this.files.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
