import {
  appendFile,
  copyFile,
  createReadStream,
  createWriteStream,
  exists,
  isFsError,
  link,
  lstat,
  lutimes,
  metadataHash,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from "@golem-kit/sdk/fs";
import { pipe, skip } from "@golem-kit/sdk/io";
import { getDirectories } from "wasi:filesystem/preopens@0.2.0";
import type { Descriptor } from "wasi:filesystem/types@0.2.0";

export const files = {
  "whole files": async () => {
    await writeFile("a.txt", "Grüße");
    await appendFile("a.txt", "\n");
    await appendFile("/a.txt", [Uint8Array.of(0x21), Uint8Array.of(0x21)]);
    await writeFile("empty", "");
    return {
      text: await readFile("/a.txt", "utf8"),
      bytes: [...(await readFile("a.txt"))],
      empty: (await readFile("empty")).length,
    };
  },
  handles: async () => {
    await using file = await open("h.txt", "w+");
    await file.write("0123456789");
    await file.write("AB", 2);
    const end = await file.readFile("utf8");
    const middle = text(await file.read(4, 1));
    await file.truncate(6);
    const { size } = await file.stat();
    await file.sync();
    await file.datasync();
    await file.advise("sequential");
    await using other = await open("h.txt", "r");
    const first = text(await other.read(2));
    const rest = await other.readFile("utf8");
    return {
      end,
      middle,
      size,
      first,
      rest,
      flags: await other.flags(),
      same: await file.isSameFile(other),
      hashes: (await file.metadataHash()) === (await metadataHash("h.txt")),
      beyond: (await other.read(10, 100)).length,
    };
  },
  appending: async () => {
    await writeFile("log", "1");
    await using file = await open("log", "a+");
    await file.write("2", 0);
    const writer = file.writable().getWriter();
    await writer.write("3");
    await writer.close();
    return text(await file.read(10, 0));
  },
  directories: async () => {
    await mkdir("tree/b/c", { recursive: true });
    await mkdir("/tree/b", { recursive: true });
    await writeFile("tree/z.txt", "z");
    await writeFile("tree/b/c/d.txt", "d");
    const entries = await readdir("tree", { withFileTypes: true });
    const seen = {
      names: await readdir("/tree"),
      all: await readdir("tree", { recursive: true }),
      types: entries.map((entry) => [entry.parentPath, entry.name, entry.type, entry.isDirectory()]),
      root: (await readdir("/")).includes("tree"),
    };
    await rename("tree/b/c/d.txt", "tree/d.txt");
    await rmdir("tree/b/c");
    await unlink("tree/d.txt");
    const left = await readdir("tree", { recursive: true });
    await rm("tree", { recursive: true });
    await rm("tree", { recursive: true, force: true });
    return { ...seen, left, gone: !(await exists("tree")) };
  },
  links: async () => {
    await mkdir("links");
    await writeFile("links/file", "content");
    await symlink("file", "links/soft");
    await link("links/file", "links/hard");
    const hard = await stat("links/hard");
    return {
      says: await readlink("links/soft"),
      followed: await readFile("links/soft", "utf8"),
      type: (await lstat("links/soft")).type,
      isLink: (await lstat("links/soft")).isSymbolicLink(),
      target: (await stat("links/soft")).isFile(),
      hard: [hard.size, hard.linkCount],
    };
  },
  times: async () => {
    await writeFile("timed", "x");
    const before = await stat("timed");
    await utimes("timed", new Date(1_000), new Date(2_500));
    const both = await stat("timed");
    await lutimes("timed", "unchanged", { epochMilliseconds: 3_000 });
    const one = await stat("timed");
    {
      await using file = await open("timed", "r+");
      await file.utimes("now", "unchanged");
    }
    const present = await stat("timed");
    return {
      set: [both.accessed?.getTime(), both.modified?.getTime(), both.modifiedNanoseconds],
      one: [one.accessedNanoseconds, one.modified?.getTime()],
      now: Number(present.accessed) >= Number(before.modified),
      changed: present.changed ?? null,
    };
  },
  "read timed": async () => {
    const { modifiedNanoseconds, size } = await stat("timed");
    return [modifiedNanoseconds, size, await readFile("timed", "utf8")];
  },
  streams: async () => {
    const writer = createWriteStream("streamed").getWriter();
    for (const piece of ["ab", "cd", "ef"]) await writer.write(piece);
    await writer.close();
    await createWriteStream("nothing").close();
    const patch = createWriteStream("streamed", { flag: "r+", start: 2 }).getWriter();
    await patch.write("CD");
    await patch.close();
    await copyFile("streamed", "copied");
    await truncate("copied", 5);
    return {
      whole: await new Response(createReadStream("streamed")).text(),
      part: await new Response(createReadStream("streamed", { start: -3, end: -1 })).text(),
      copied: await readFile("copied", "utf8"),
      nothing: (await stat("nothing")).size,
    };
  },
  "cancelled streams": async () => {
    await writeFile("long", new Uint8Array(3_000_000));
    const reader = createReadStream("long").getReader();
    const { value } = await reader.read();
    await reader.cancel();
    const writer = createWriteStream("cut").getWriter();
    await writer.write("kept");
    await writer.abort();
    return { first: value?.length, cut: await readFile("cut", "utf8") };
  },
  "large file": async (mebibytes: string) => {
    const piece = new Uint8Array(1_048_576).fill(7);
    await writeFile(
      "large",
      Array.from({ length: Number(mebibytes) }).map(() => piece),
    );
    await copyFile("large", "larger");
    let size = 0;
    for await (const chunk of createReadStream("larger")) size += chunk.length;
    return size;
  },
  "copied to itself": async () => {
    await writeFile("self", "content");
    await link("self", "other name");
    await copyFile("self", "/self");
    await copyFile("self", "other name");
    return readFile("self", "utf8");
  },
  "made below a link": async () => {
    await mkdir("real");
    await symlink("real", "linked");
    await mkdir("linked/inner", { recursive: true });
    return readdir("real");
  },
  "no positions": async () => {
    await writeFile("kept", "kept");
    await using file = await open("kept", "r+");
    return [
      await Promise.all([
        messageOf(() => file.read(-1)),
        messageOf(() => file.read(1.5)),
        messageOf(() => file.read(1, NaN)),
        messageOf(() => file.write("x", -1)),
        messageOf(() => file.truncate(-1)),
        messageOf(() => file.advise("normal", { offset: 0.5 })),
        messageOf(async () => file.writable(-1)),
        messageOf(async () => createWriteStream("kept", { start: -1 })),
        messageOf(() => truncate("kept", 2 ** 53)),
      ]),
      await readFile("kept", "utf8"),
    ];
  },
  piped: async () => {
    await writeFile("whole", new Uint8Array(3_000_000).fill(7));
    using stack = new DisposableStack();
    const root = stack.use(rootDirectory());
    const source = stack.use(root.openAt({}, "whole", {}, { read: true }));
    const target = stack.use(root.openAt({}, "piped", { create: true }, { write: true }));
    const from = stack.use(source.readViaStream(0n));
    const skipped = [await skip(from, 1_000), await skip(from, 0)];
    const piped = await pipe(from, stack.use(target.writeViaStream(0n)));
    const beyond = await skip(from, 10);
    const { size } = await stat("piped");
    return { skipped, piped, beyond, size };
  },
  "file errors": async () => {
    await writeFile("plain", "x");
    await mkdir("full/inner", { recursive: true });
    const closed = await open("plain");
    await closed.close();
    await closed.close();
    return Promise.all([
      failureOf(() => readFile("none")),
      failureOf(() => readFile("full")),
      failureOf(() => readFile("plain/below")),
      failureOf(() => writeFile("plain", "x", { flag: "wx" })),
      failureOf(() => copyFile("plain", "plain", { exclusive: true })),
      failureOf(() => mkdir("full")),
      failureOf(() => mkdir("plain", { recursive: true })),
      failureOf(() => rmdir("full")),
      failureOf(() => rm("full")),
      failureOf(() => rename("none", "other")),
      failureOf(() => readFile("../../etc/passwd")),
      failureOf(() => closed.read(1)),
      failureOf(async () => {
        await using file = await open("plain", "r");
        await file.write("y");
      }),
      failureOf(() => new Response(createReadStream("none")).text()),
    ]);
  },
};

function rootDirectory(): Descriptor {
  const [[root], ...others] = getDirectories() as [[Descriptor, string], ...[Descriptor, string][]];
  for (const [other] of others) other[Symbol.dispose]();
  return root;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

async function failureOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return "no error";
  } catch (error) {
    return isFsError(error)
      ? [error.code, error.errorCode, error.operation, error.path, error.cause ?? ""]
      : String(error);
  }
}

async function messageOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return "no error";
  } catch (error) {
    return isFsError(error, "EINVAL") ? error.message : `not EINVAL: ${String(error)}`;
  }
}
