import { getDirectories } from "wasi:filesystem/preopens@0.2.0";
import type { Descriptor, DescriptorFlags, OpenFlags } from "wasi:filesystem/types@0.2.0";
import type { Steps } from "./step.ts";
import { toBytes, toText } from "./text.ts";

const FOLLOW = { symlinkFollow: true };

function root(): Descriptor {
  const [first] = getDirectories();
  if (first === undefined) throw new Error("The worker has no file system");
  return first[0];
}

function open(path: string, how: OpenFlags, rights: DescriptorFlags): Descriptor {
  return root().openAt(FOLLOW, path, how, rights);
}

function write(path: string, text: string, how: OpenFlags, at: "start" | "end"): void {
  using file = open(path, how, { write: true });
  using stream = at === "start" ? file.writeViaStream(0n) : file.appendViaStream();
  stream.blockingWriteAndFlush(toBytes(text));
}

function list(path: string): string[] {
  using folder = open(path, { directory: true }, { read: true });
  using entries = folder.readDirectory();
  const names: string[] = [];
  for (let entry = entries.readDirectoryEntry(); entry !== undefined; entry = entries.readDirectoryEntry())
    names.push(`${entry.name} ${entry.type}`);
  return names;
}

export const fileSteps: Steps = {
  "fs.write": (path: string, text: string) => write(path, text, { create: true, truncate: true }, "start"),
  "fs.append": (path: string, text: string) => write(path, text, { create: true }, "end"),
  "fs.read": (path: string) => {
    using file = open(path, {}, { read: true });
    return toText(file.read(1_000_000n, 0n)[0]);
  },
  "fs.set-size": (path: string, size: number) => {
    using file = open(path, {}, { write: true });
    file.setSize(BigInt(size));
  },
  "fs.size": (path: string) => Number(root().statAt(FOLLOW, path).size),
  "fs.type": (path: string) => root().statAt({}, path).type,
  "fs.mkdir": (path: string) => root().createDirectoryAt(path),
  "fs.rmdir": (path: string) => root().removeDirectoryAt(path),
  "fs.unlink": (path: string) => root().unlinkFileAt(path),
  "fs.rename": (path: string, target: string) => root().renameAt(path, root(), target),
  "fs.symlink": (target: string, path: string) => root().symlinkAt(target, path),
  "fs.readlink": (path: string) => root().readlinkAt(path),
  "fs.list": list,
  "fs.preopens": () => getDirectories().map(([, path]) => path),
};
