import { StorageError } from "../ground/storage-error.ts";
import type { Journal } from "../journal/journal.ts";
import type { RunningInstance } from "./instance/running-instance.ts";
import { decodeImage, encodeImage, type WorkerImage } from "./worker-image.ts";

/** To write and to read so many bytes of an image costs about as much as to replay one entry: measured. */
const BYTES_AN_ENTRY = 1_024;

/** Bytes of an image above which none is kept. */
const LARGEST = 64 * 2 ** 20;

/**
 * The images of one worker: what it was when nothing of it ran, kept beside its oplog, so that a recovery replays only what came
 * after. The oplog stays the truth: an image that does not fit it is forgotten.
 */
export class Checkpoints {
  readonly #journal: Journal;
  readonly #notice: (message: string) => void;
  /** What a recovery would begin after. */
  #index = 1;
  /** Bytes of the image there. */
  #size = 0;
  #obstacle: string | undefined;
  #isRestored = false;

  /** @param notice is told why a worker that has recorded much has no image, once for each reason */
  constructor(journal: Journal, notice: (message: string) => void) {
    this.#journal = journal;
    this.#notice = notice;
  }

  /** Entries that a recovery would replay. */
  get behind(): number {
    return this.#journal.oplog.lastIndex - this.#index;
  }

  /** What a recovery on the worker's own version may begin with. */
  latest(): WorkerImage | undefined {
    const file = this.#journal.image;
    this.#size = 0;
    const image = file?.read((encoded) => {
      this.#size = encoded.length;
      return decodeImage(encoded);
    });
    this.#isRestored = image !== undefined && this.#fits(image);
    if (this.#isRestored) return image;
    file?.remove();
    return undefined;
  }

  /** True, once for each recovery, if that has begun with an image. */
  takeRestored(): boolean {
    const isRestored = this.#isRestored;
    this.#isRestored = false;
    return isRestored;
  }

  /** Makes a fresh instance what the image is of. @returns false if it cannot be: there is none any more */
  restore(running: RunningInstance, { instance }: WorkerImage): boolean {
    try {
      running.restore(instance);
      return true;
    } catch {
      // Of other code, or of more memory than a worker may have now.
      this.forget();
      return false;
    }
  }

  /** A recovery has begun after this entry. */
  begins(index: number): void {
    this.#index = index;
  }

  /** There is none any more, since it did not lead where the oplog does. */
  forget(): void {
    this.#journal.image?.remove();
    this.#index = 1;
  }

  /**
   * Keeps what a worker is that has nothing to do, if that saves as much as it costs and nothing stands in its way.
   *
   * @param least entries that a recovery would replay otherwise
   */
  take(running: RunningInstance, least: number): void {
    const { image: file, oplog, state } = this.#journal;
    const worth = Math.max(least, this.#size / BYTES_AN_ENTRY);
    if (file === undefined || this.behind < worth || !this.#journal.cursor.live) return;
    if (state.open !== undefined || state.openRegions.any) return;
    try {
      this.#journal.commit();
      this.#journal.keepState(least);
      const { obstacle } = running;
      if (obstacle !== undefined) return this.#tell(obstacle);
      const { past } = oplog;
      if (past === undefined) return;
      const { componentVersion } = state;
      const encoded = encodeImage({ ...past, componentVersion, instance: running.capture() });
      this.#size = encoded.length;
      if (encoded.length > LARGEST) return this.#tell(`its image is larger than ${LARGEST / 2 ** 20} MiB`);
      file.write(encoded);
      this.#index = oplog.lastIndex;
    } catch (error) {
      // A full disk, say: what it would have saved is replayed.
      if (!(error instanceof StorageError)) throw error;
    }
  }

  #fits(image: WorkerImage): boolean {
    const { index, componentVersion } = image;
    const { oplog, state } = this.#journal;
    return (
      componentVersion === state.componentVersion &&
      index > (state.updates.snapshot?.index ?? 0) &&
      !state.deletedRegions.some(({ start, end }) => start <= index && index <= end) &&
      oplog.has(image)
    );
  }

  #tell(obstacle: string): void {
    if (this.#obstacle === obstacle) return;
    this.#obstacle = obstacle;
    this.#notice(
      `Its ${this.behind} newest oplog entries are replayed whenever it comes back into memory, since no image of it can be kept: ` +
        `${obstacle}. What to do: nothing, if it need not come back fast; otherwise drop between invocations what it holds.`,
    );
  }
}
