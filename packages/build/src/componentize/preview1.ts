import type { KnownRandom } from "./known-random.ts";

/** Error numbers of preview 1. */
const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NOT_FOUND = 44;

const STANDARD_INPUT = 0;
const STANDARD_ERROR = 2;
/** The first folder that is there from the start. */
const FIRST_FOLDER = 3;

const REAL_TIME = 0;
/** Nanoseconds. Not 0, which the engine takes for no time at all. */
const CONSTANT_TIME = 1n;
/** Nanoseconds from one reading of the date to the next, so that who waits for time does not wait for ever. */
const STEP = 1_000_000n;

/** Kinds of files. */
const CHARACTER_DEVICE = 2;
const DIRECTORY = 3;
const REGULAR_FILE = 4;
const ALL_RIGHTS = 0xffff_ffffn;

/** Longer output is cut off. In bytes. */
const MAX_OUTPUT = 1_000_000;

/** The engine has ended itself, because it cannot go on. */
export class EngineExit extends Error {
  override readonly name = "EngineExit";
}

export interface Surroundings {
  readonly input: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Contents by folder and name: `/source` → `main.js`. */
  readonly folders: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly random: KnownRandom;
  /** Is told the name of a file that is opened. */
  readonly onOpen: (name: string) => void;
  /** Is told that the program has read the date. The engine itself reads only the other clock. */
  readonly onDate: () => void;
}

interface OpenFile {
  readonly content: Uint8Array;
  position: number;
}

/**
 * Preview 1 of WASI for an engine that is being initialised: it sees a few files of its own, a clock that stands and random
 * numbers that are known. What it asks for else it does not get.
 */
export class Preview1 {
  readonly #surroundings: Surroundings;
  readonly #files = new Map<number, OpenFile>();
  readonly #folders: readonly string[];
  #memory = new WebAssembly.Memory({ initial: 0 });
  #nextDescriptor: number;
  #date = 0n;
  #output = "";

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#folders = [...surroundings.folders.keys()];
    this.#nextDescriptor = FIRST_FOLDER + this.#folders.length;
    this.#files.set(STANDARD_INPUT, { content: Buffer.from(surroundings.input), position: 0 });
  }

  /** What was printed, errors and all. */
  get output(): string {
    return this.#output;
  }

  set memory(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The functions by their names, as a module imports them. */
  functions(): Record<string, (...args: never[]) => number> {
    return {
      args_get: () => SUCCESS,
      args_sizes_get: (count: number, size: number) => this.#answer([count, 0], [size, 0]),
      environ_get: (pointers: number, text: number) => this.#environment(pointers, text),
      environ_sizes_get: (count: number, size: number) =>
        this.#answer([count, this.#variables.length], [size, Buffer.concat(this.#variables).length]),
      clock_time_get: (clock: number, _precision: bigint, result: number) => this.#time(clock, result),
      random_get: (address: number, length: number) => {
        this.#surroundings.random.draw(this.#bytes(address, length));
        return SUCCESS;
      },
      fd_close: (descriptor: number) => (this.#files.delete(descriptor) ? SUCCESS : BAD_DESCRIPTOR),
      fd_fdstat_get: (descriptor: number, result: number) => this.#describe(descriptor, result),
      fd_fdstat_set_flags: () => SUCCESS,
      fd_prestat_get: (descriptor: number, result: number) => {
        const folder = this.#folder(descriptor);
        return folder === undefined
          ? BAD_DESCRIPTOR
          : this.#answer([result, 0], [result + 4, Buffer.byteLength(folder)]);
      },
      fd_prestat_dir_name: (descriptor: number, address: number, length: number) => {
        this.#bytes(address, length).set(Buffer.from(this.#folder(descriptor) ?? "").subarray(0, length));
        return SUCCESS;
      },
      fd_read: (descriptor: number, ...rest: [number, number, number]) => this.#read(descriptor, ...rest),
      fd_seek: (descriptor: number, ...rest: [bigint, number, number]) => this.#seek(descriptor, ...rest),
      fd_write: (_descriptor: number, ...rest: [number, number, number]) => this.#write(...rest),
      path_filestat_get: () => NOT_FOUND,
      path_open: (folder: number, _flags: number, ...rest: [number, number, ...unknown[]]) =>
        this.#open(folder, ...rest),
      proc_exit: (code: number) => {
        throw new EngineExit(`the engine ended with code ${code}`);
      },
    };
  }

  get #view(): DataView {
    return new DataView(this.#memory.buffer);
  }

  #bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }

  #answer(...values: readonly (readonly [address: number, value: number])[]): number {
    for (const [address, value] of values) this.#view.setUint32(address, value, true);
    return SUCCESS;
  }

  #folder(descriptor: number): string | undefined {
    return this.#folders[descriptor - FIRST_FOLDER];
  }

  get #variables(): readonly Buffer[] {
    return Object.entries(this.#surroundings.environment).map((pair) => Buffer.from(`${pair.join("=")}\0`));
  }

  #environment(pointers: number, text: number): number {
    let end = text;
    for (const [index, variable] of this.#variables.entries()) {
      this.#answer([pointers + 4 * index, end]);
      this.#bytes(end, variable.length).set(variable);
      end += variable.length;
    }
    return SUCCESS;
  }

  #time(clock: number, result: number): number {
    let time = CONSTANT_TIME;
    if (clock === REAL_TIME) {
      this.#surroundings.onDate();
      this.#date += STEP;
      time = this.#date;
    }
    this.#view.setBigUint64(result, time, true);
    return SUCCESS;
  }

  #describe(descriptor: number, result: number): number {
    const isFolder = this.#folder(descriptor) !== undefined;
    if (!isFolder && descriptor > STANDARD_ERROR && !this.#files.has(descriptor)) return BAD_DESCRIPTOR;
    const ordinary = descriptor <= STANDARD_ERROR ? CHARACTER_DEVICE : REGULAR_FILE;
    this.#bytes(result, 24).fill(0);
    this.#view.setUint8(result, isFolder ? DIRECTORY : ordinary);
    this.#view.setBigUint64(result + 8, ALL_RIGHTS, true);
    this.#view.setBigUint64(result + 16, ALL_RIGHTS, true);
    return SUCCESS;
  }

  #open(folder: number, path: number, length: number, ...[, , , , result]: readonly unknown[]): number {
    const name = Buffer.from(this.#bytes(path, length)).toString();
    const content = this.#surroundings.folders.get(this.#folder(folder) ?? "")?.get(name);
    if (content === undefined) return NOT_FOUND;
    this.#surroundings.onOpen(name);
    const descriptor = this.#nextDescriptor;
    this.#nextDescriptor += 1;
    this.#files.set(descriptor, { content: Buffer.from(content), position: 0 });
    return this.#answer([Number(result), descriptor]);
  }

  #read(descriptor: number, vectors: number, count: number, result: number): number {
    const file = this.#files.get(descriptor);
    if (file === undefined) return BAD_DESCRIPTOR;
    let total = 0;
    for (const target of this.#vectors(vectors, count)) {
      const part = file.content.subarray(file.position, file.position + target.length);
      target.set(part);
      file.position += part.length;
      total += part.length;
    }
    return this.#answer([result, total]);
  }

  #seek(descriptor: number, offset: bigint, whence: number, result: number): number {
    const file = this.#files.get(descriptor);
    if (file === undefined) return BAD_DESCRIPTOR;
    const origins = [0, file.position, file.content.length];
    file.position = (origins[whence] ?? 0) + Number(offset);
    this.#view.setBigUint64(result, BigInt(file.position), true);
    return SUCCESS;
  }

  #write(vectors: number, count: number, result: number): number {
    let total = 0;
    for (const part of this.#vectors(vectors, count)) {
      if (this.#output.length < MAX_OUTPUT) this.#output += Buffer.from(part).toString();
      total += part.length;
    }
    return this.#answer([result, total]);
  }

  *#vectors(address: number, count: number): Generator<Uint8Array> {
    for (let index = 0; index < count; index += 1) {
      const at = address + 8 * index;
      yield this.#bytes(this.#view.getUint32(at, true), this.#view.getUint32(at + 4, true));
    }
  }
}
