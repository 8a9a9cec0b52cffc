import type { BigIntStats } from "node:fs";

import type { Directory } from "../../filesystem/directory.ts";
import { asFilesystemError, FilesystemError } from "../../filesystem/filesystem-error.ts";
import type { OpenFile } from "../../filesystem/open-file.ts";
import type { OpenNode } from "../../filesystem/open-nodes.ts";
import { direct, type DirectFunction, type HostInterface } from "../host-interface.ts";
import {
  metadataHash,
  type NewTimestamp,
  newTimes,
  STAT,
  STAT_AT,
  stat,
  statAt,
  statOf,
  typeOf,
} from "./file-metadata.ts";
import { fileAppendStream, fileInputStream, fileOutputStream } from "./file-streams.ts";
import type { CallsPort, ClockPort, FilesPort } from "../ports.ts";

type Ports = ClockPort & CallsPort & FilesPort;

type Flags = Readonly<Record<string, boolean | undefined>>;

/** A function whose result is `result<T, error-code>`. */
function fallible(run: (context: Ports, ...args: never[]) => unknown): DirectFunction<Ports> {
  return direct((context, ...args) => {
    try {
      return { tag: "ok", val: run(context, ...args) };
    } catch (error) {
      const failure = asFilesystemError(error);
      if (failure === undefined) throw error;
      return { tag: "err", val: failure.code };
    }
  });
}

function fileOf(node: OpenNode): OpenFile {
  if (node.kind !== "file") throw new FilesystemError("bad-descriptor");
  return node;
}

function directoryOf(node: OpenNode): Directory {
  if (node.kind !== "directory") throw new FilesystemError("not-directory");
  return node;
}

function open(
  context: Ports,
  base: OpenNode,
  pathFlags: Flags,
  path: string,
  openFlags: Flags,
  flags: Flags,
): OpenNode {
  const directory = directoryOf(base);
  const sync = ["fileIntegritySync", "dataIntegritySync", "requestedWriteSync"];
  if (sync.some((flag) => flags[flag] === true)) throw new FilesystemError("unsupported");
  return context.files.open(directory, path, {
    follow: follows(pathFlags),
    create: openFlags["create"] === true,
    directory: openFlags["directory"] === true,
    exclusive: openFlags["exclusive"] === true,
    truncate: openFlags["truncate"] === true,
    read: flags["read"] === true,
    write: flags["write"] === true,
    mutate: flags["mutateDirectory"] === true,
  });
}

function follows(pathFlags: Flags): boolean {
  return pathFlags["symlinkFollow"] === true;
}

/** Entries of a directory as they were when it was opened for reading. */
type DirectoryEntries = Iterator<{ readonly name: string; readonly stat: BigIntStats }>;

/** wasi:filesystem/types: files are made again by replay, so that only their times are recorded. */
export const filesystemTypes: HostInterface<Ports> = {
  name: "wasi:filesystem/types",
  inner: [STAT, STAT_AT],
  functions: {
    "[resource-drop]descriptor": direct((context, node: OpenNode) => context.files.drop(node)),
    "[method]descriptor.read-via-stream": fallible((_, node: OpenNode, offset: bigint) => {
      const file = fileOf(node);
      file.assertReadable();
      return fileInputStream(file, offset);
    }),
    "[method]descriptor.write-via-stream": fallible((_, node: OpenNode, offset: bigint) => {
      const file = fileOf(node);
      file.assertWritable();
      return fileOutputStream(file, offset);
    }),
    "[method]descriptor.append-via-stream": fallible((_, node: OpenNode) => {
      const file = fileOf(node);
      file.assertWritable();
      return fileAppendStream(file);
    }),
    "[method]descriptor.advise": fallible((_, node: OpenNode) => {
      fileOf(node);
    }),
    // Nothing has to reach the disk: what a crash takes, replay makes again.
    "[method]descriptor.sync-data": fallible(() => undefined),
    "[method]descriptor.sync": fallible(() => undefined),
    "[method]descriptor.get-flags": fallible((_, node: OpenNode) =>
      node.kind === "file" ? node.flags : { read: node.readable, mutateDirectory: node.mutable },
    ),
    "[method]descriptor.get-type": fallible((_, node: OpenNode) =>
      node.kind === "file" ? "regular-file" : "directory",
    ),
    "[method]descriptor.set-size": fallible((_, node: OpenNode, size: bigint) => fileOf(node).setSize(size)),
    "[method]descriptor.set-times": fallible(
      (context, node: OpenNode, accessed: NewTimestamp, modified: NewTimestamp) => {
        const found = context.files.stat(node);
        context.files.setTimes(node, newTimes(context, found.stat, accessed, modified));
      },
    ),
    "[method]descriptor.read": fallible((_, node: OpenNode, length: bigint, offset: bigint) => {
      const content = fileOf(node).read(length, offset);
      return [content, content.length === 0];
    }),
    "[method]descriptor.write": fallible((_, node: OpenNode, content: Uint8Array, offset: bigint) => {
      fileOf(node).write(content, offset);
      return BigInt(content.length);
    }),
    "[method]descriptor.read-directory": fallible((context, node: OpenNode): DirectoryEntries =>
      context.files.entries(directoryOf(node)).values(),
    ),
    "[method]descriptor.create-directory-at": fallible((context, node: OpenNode, path: string) =>
      context.files.createDirectory(directoryOf(node), path),
    ),
    "[method]descriptor.stat": fallible((context, node: OpenNode) => statOf(...stat(context, node))),
    "[method]descriptor.stat-at": fallible((context, node: OpenNode, pathFlags: Flags, path: string) =>
      statOf(...statAt(context, directoryOf(node), path, follows(pathFlags))),
    ),
    "[method]descriptor.set-times-at": fallible(
      (
        context,
        node: OpenNode,
        pathFlags: Flags,
        path: string,
        accessed: NewTimestamp,
        modified: NewTimestamp,
      ) => {
        const base = directoryOf(node);
        const follow = follows(pathFlags);
        const found = context.files.statAt(base, path, follow);
        context.files.setTimesAt(base, path, follow, newTimes(context, found.stat, accessed, modified));
      },
    ),
    "[method]descriptor.link-at": fallible(
      (context, node: OpenNode, pathFlags: Flags, path: string, target: OpenNode, newPath: string) => {
        // As Golem does: a link to a symbolic link's target has to name the target.
        if (follows(pathFlags)) throw new FilesystemError("invalid");
        context.files.link(directoryOf(node), path, directoryOf(target), newPath);
      },
    ),
    "[method]descriptor.open-at": fallible(open),
    "[method]descriptor.readlink-at": fallible((context, node: OpenNode, path: string) =>
      context.files.readlink(directoryOf(node), path),
    ),
    "[method]descriptor.remove-directory-at": fallible((context, node: OpenNode, path: string) =>
      context.files.removeDirectory(directoryOf(node), path),
    ),
    "[method]descriptor.rename-at": fallible(
      (context, node: OpenNode, path: string, target: OpenNode, newPath: string) =>
        context.files.rename(directoryOf(node), path, directoryOf(target), newPath),
    ),
    "[method]descriptor.symlink-at": fallible((context, node: OpenNode, target: string, path: string) =>
      context.files.symlink(directoryOf(node), target, path),
    ),
    "[method]descriptor.unlink-file-at": fallible((context, node: OpenNode, path: string) =>
      context.files.unlink(directoryOf(node), path),
    ),
    "[method]descriptor.is-same-object": direct((context, node: OpenNode, other: OpenNode) =>
      context.files.isSame(node, other),
    ),
    "[method]descriptor.metadata-hash": fallible((context, node: OpenNode) =>
      metadataHash(stat(context, node)),
    ),
    "[method]descriptor.metadata-hash-at": fallible(
      (context, node: OpenNode, pathFlags: Flags, path: string) =>
        metadataHash(statAt(context, directoryOf(node), path, follows(pathFlags))),
    ),
    "[method]directory-entry-stream.read-directory-entry": fallible((_, entries: DirectoryEntries) => {
      const { done, value } = entries.next();
      return done === true ? undefined : { type: typeOf(value.stat), name: value.name };
    }),
    "filesystem-error-code": direct((_, failure: Error) =>
      failure.cause instanceof FilesystemError ? failure.cause.code : undefined,
    ),
  },
};
