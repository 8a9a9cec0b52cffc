import { getDirectories } from "wasi:filesystem/preopens@0.2.0";
import type { Descriptor } from "wasi:filesystem/types@0.2.0";

import type { File } from "kit:tour-exports/raw";

const FOLLOW = { symlinkFollow: true };

export function filesystem(directoryName: string, name: string, text: string): File {
  const [first, ...others] = getDirectories().map(([descriptor]) => descriptor);
  if (first === undefined) throw new Error("The worker has no file system");
  using root = first;
  for (const other of others) other[Symbol.dispose]();

  root.createDirectoryAt(directoryName);
  using directory = root.openAt(
    FOLLOW,
    directoryName,
    { directory: true },
    { read: true, mutateDirectory: true },
  );
  {
    using file = directory.openAt(FOLLOW, name, { create: true, truncate: true }, { write: true });
    file.write(new TextEncoder().encode(text), 0n);
  }
  const { size } = directory.statAt(FOLLOW, name);
  using file = directory.openAt(FOLLOW, name, {}, { read: true });
  const [bytes] = file.read(size, 0n);
  return { size, content: new TextDecoder().decode(bytes), files: list(directory) };
}

function list(directory: Descriptor): string[] {
  using stream = directory.readDirectory();
  const names: string[] = [];
  for (let entry = stream.readDirectoryEntry(); entry !== undefined; entry = stream.readDirectoryEntry()) {
    names.push(entry.name);
  }
  return names.toSorted();
}
