import { Signal } from "../../journal/signals.ts";
import type { HostContext } from "../host-context.ts";
import { direct, readLocal, type HostInterface } from "../host-interface.ts";
import { list, option, string, tuple } from "../../ground/wit/wit-types.ts";
import { READY } from "./pollable.ts";
import { type InputStream, type OutputStream, outputStreamTo } from "./streams.ts";

export const environment: HostInterface = {
  name: "wasi:cli/environment",
  functions: {
    "get-environment": readLocal("golem_environment::get_environment", {
      types: { request: null, response: list(tuple(string, string)) },
      run: (context) => context.environment,
    }),
    "get-arguments": readLocal("golem_environment::get_arguments", {
      types: { request: null, response: list(string) },
      run: (context) => context.args,
    }),
    "initial-cwd": readLocal("golem_environment::initial_cwd", {
      types: { request: null, response: option(string) },
      run: () => undefined,
    }),
  },
};

export const exit: HostInterface = {
  name: "wasi:cli/exit",
  functions: {
    exit: direct(() => {
      throw new Signal({ type: "exit" });
    }),
  },
};

/** Nothing feeds a worker's standard input: reading it is a mistake that must not wait for ever. */
const DISABLED_STDIN: InputStream = {
  read: () => {
    throw new Error("standard input is disabled");
  },
  readable: () => Promise.resolve(),
  pollable: () => READY,
  close: () => undefined,
};

export const stdin: HostInterface = {
  name: "wasi:cli/stdin",
  functions: { "get-stdin": direct(() => DISABLED_STDIN) },
};

export const stdout: HostInterface = {
  name: "wasi:cli/stdout",
  functions: { "get-stdout": direct((context) => logStream(context, "stdout")) },
};

export const stderr: HostInterface = {
  name: "wasi:cli/stderr",
  functions: { "get-stderr": direct((context) => logStream(context, "stderr")) },
};

/** Every write becomes one log entry; never the process's own output. */
function logStream(context: HostContext, level: "stdout" | "stderr"): OutputStream {
  const decoder = new TextDecoder();
  return outputStreamTo((contents) => context.log(level, "", decoder.decode(contents, { stream: true })));
}

/** No worker has a terminal; programs ask whether theirs is one. */
export const terminalInput: HostInterface = { name: "wasi:cli/terminal-input", functions: {} };
export const terminalOutput: HostInterface = { name: "wasi:cli/terminal-output", functions: {} };

const none = direct(() => undefined);

export const terminalStdin: HostInterface = {
  name: "wasi:cli/terminal-stdin",
  functions: { "get-terminal-stdin": none },
};
export const terminalStdout: HostInterface = {
  name: "wasi:cli/terminal-stdout",
  functions: { "get-terminal-stdout": none },
};
export const terminalStderr: HostInterface = {
  name: "wasi:cli/terminal-stderr",
  functions: { "get-terminal-stderr": none },
};
