import type { Directory } from "./directory.ts";
import { FilesystemError } from "./filesystem-error.ts";
import { OpenFile, type OpenFileParts } from "./open-file.ts";
import { isWithin, type Segments } from "./guest-path.ts";

/** What a guest has open. */
export type OpenNode = Directory | OpenFile;

/** The process has to share its file handles between all workers. */
const MOST_OPEN_FILES = 1024;

/** The files and directories that one instance has open. */
export class OpenNodes {
  readonly #directories = new Set<Directory>();
  readonly #files = new Set<OpenFile>();

  openDirectory(segments: Segments, readable: boolean, mutable: boolean): Directory {
    const directory: Directory = { kind: "directory", readable, mutable, segments };
    this.#directories.add(directory);
    return directory;
  }

  /** @throws FilesystemError if there are too many already */
  openFile(open: () => OpenFileParts): OpenFile {
    if (this.#files.size >= MOST_OPEN_FILES) throw new FilesystemError("insufficient-memory");
    const file = new OpenFile(open(), (closed) => this.#files.delete(closed));
    this.#files.add(file);
    return file;
  }

  drop(node: OpenNode): void {
    if (node.kind === "file") node.release();
    else this.#directories.delete(node);
  }

  /** Open directories go with what was moved; one that was replaced is gone. */
  moved(from: Segments, to: Segments): void {
    if (isWithin(from, to)) return;
    this.removed(to);
    for (const directory of this.#directories) {
      const { segments } = directory;
      if (segments !== undefined && isWithin(segments, from))
        directory.segments = [...to, ...segments.slice(from.length)];
    }
  }

  removed(gone: Segments): void {
    for (const directory of this.#directories) {
      const { segments } = directory;
      if (segments !== undefined && isWithin(segments, gone)) directory.segments = undefined;
    }
  }

  closeAll(): void {
    for (const file of this.#files) file.close();
    this.#directories.clear();
  }
}
