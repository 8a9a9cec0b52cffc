import { getStderr } from "wasi:cli/stderr@0.2.0";
import { getStdout } from "wasi:cli/stdout@0.2.0";
import type { OutputStream } from "wasi:io/streams@0.2.0";

import { textCodec } from "../codec.ts";
import { flush, writeAll } from "../io/output.ts";
import { describeStreamFailure, streamFailureOf } from "../io/stream-failure.ts";
import { SdkError } from "../sdk-error.ts";

/**
 * A worker's standard output or standard error: what is written appears in its log, without level and context, and once,
 * however often the worker replays it. Pieces of one mebibyte at most stay together.
 *
 * @example
 * ```ts
 * const output: StandardOutput = stdout;
 * await output.write("done\n");
 * ```
 */
export class StandardOutput {
  readonly #name: string;
  readonly #open: () => OutputStream;

  /** Made by this module: see {@link stdout} and {@link stderr}. */
  constructor(name: string, open: () => OutputStream) {
    this.#name = name;
    this.#open = open;
  }

  /**
   * Writes text, as UTF-8, or bytes. No line end is added. Stands on `wasi:io/streams.output-stream.write`.
   *
   * @throws SdkError `output-failed`
   */
  async write(content: string | Uint8Array): Promise<void> {
    try {
      using stream = this.#open();
      await writeAll(stream, typeof content === "string" ? textCodec.encode(content) : content);
      await flush(stream);
    } catch (thrown) {
      const failure = streamFailureOf(thrown);
      if (failure === undefined) throw thrown;
      throw new SdkError({
        code: "output-failed",
        operation: `${this.#name}.write`,
        message: `Writing to ${this.#name} failed: ${describeStreamFailure(failure)}`,
        cause: failure,
      });
    }
  }

  /** As a web stream, to pipe into: `await response.body.pipeTo(stdout.writable())`. */
  writable(): WritableStream<string | Uint8Array> {
    return new WritableStream({ write: (content) => this.write(content) });
  }
}

/**
 * The worker's standard output. Stands on `wasi:cli/stdout.get-stdout`.
 *
 * @example
 * ```ts
 * await stdout.write("42\n");
 * ```
 */
export const stdout: StandardOutput = /* @__PURE__ */ new StandardOutput("stdout", () => getStdout());

/**
 * The worker's standard error, whose end Golem shows when the worker fails. Stands on `wasi:cli/stderr.get-stderr`.
 *
 * @example
 * ```ts
 * await stderr.write("cannot reach the bank\n");
 * ```
 */
export const stderr: StandardOutput = /* @__PURE__ */ new StandardOutput("stderr", () => getStderr());
