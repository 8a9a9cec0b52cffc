import { expectTypeOf } from "vitest";

import type { Bytes } from "../src/bytes.ts";
import { args, exit, identity, initialCwd, isTerminal, variable, variables } from "../src/env.ts";
import {
  createReadStream,
  createWriteStream,
  open,
  readdir,
  readFile,
  stat,
  type Dirent,
  type FileHandle,
  type FsError,
  isFsError,
  type Stats,
} from "../src/fs.ts";
import { captureConsole, logger, stdout, type Logger, type StandardOutput } from "../src/logging.ts";
import { getRandomValues, insecureSeed, randomBytes, randomInt, randomU64 } from "../src/random.ts";

// Files.
expectTypeOf(readFile("f")).resolves.toEqualTypeOf<Bytes>();
expectTypeOf(readFile("f", "utf8")).resolves.toEqualTypeOf<string>();
expectTypeOf(readdir("d")).resolves.toEqualTypeOf<string[]>();
expectTypeOf(readdir("d", { withFileTypes: true })).resolves.toEqualTypeOf<Dirent[]>();
expectTypeOf(stat("f")).resolves.toEqualTypeOf<Stats>();
expectTypeOf(open("f", "r+")).resolves.toEqualTypeOf<FileHandle>();
expectTypeOf(createReadStream("f")).toEqualTypeOf<ReadableStream<Bytes>>();
expectTypeOf(createWriteStream("f")).toEqualTypeOf<WritableStream<string | Uint8Array>>();
expectTypeOf(isFsError).guards.toEqualTypeOf<FsError>();
// @ts-expect-error there is no such mode
void open("f", "rw");
// @ts-expect-error there is no such code
isFsError(new Error("x"), "ENOTHING");

// Environment.
expectTypeOf(args()).toEqualTypeOf<readonly string[]>();
expectTypeOf(variables()).toEqualTypeOf<Readonly<Record<string, string>>>();
expectTypeOf(variable("X")).toEqualTypeOf<string>();
expectTypeOf(identity().componentVersion).toEqualTypeOf<bigint>();
expectTypeOf(initialCwd()).toEqualTypeOf<string | undefined>();
expectTypeOf(isTerminal("stdin")).toEqualTypeOf<boolean>();
expectTypeOf(exit).returns.toEqualTypeOf<never>();

// Randomness.
expectTypeOf(randomBytes(1)).toEqualTypeOf<Bytes>();
expectTypeOf(randomInt(0, 2)).toEqualTypeOf<number>();
expectTypeOf(randomU64()).toEqualTypeOf<bigint>();
expectTypeOf(insecureSeed()).toEqualTypeOf<readonly [bigint, bigint]>();
expectTypeOf(getRandomValues(new BigUint64Array(1))).toEqualTypeOf<BigUint64Array<ArrayBuffer>>();

// Logs.
expectTypeOf(logger("x")).toEqualTypeOf<Logger>();
expectTypeOf(captureConsole(logger())).toEqualTypeOf<Disposable>();
expectTypeOf(stdout).toEqualTypeOf<StandardOutput>();
