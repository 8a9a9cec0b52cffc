import { direct, readLocal, type HostInterface } from "../host-interface.ts";
import { list, option, string, tuple } from "../../ground/wit/wit-types.ts";
import { READY } from "./pollable.ts";
import { type InputStream, type OutputStream, outputStreamTo } from "./streams.ts";
import type { IdentityPort, LifecyclePort, LogPort } from "../ports.ts";

type Ports = IdentityPort & LifecyclePort & LogPort;

export const environment: HostInterface<Ports> = {
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

export const exit: HostInterface<Ports> = {
  name: "wasi:cli/exit",
  functions: {
    exit: direct((context) => context.exit()),
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

export const stdin: HostInterface<Ports> = {
  name: "wasi:cli/stdin",
  functions: { "get-stdin": direct(() => DISABLED_STDIN) },
};

export const stdout: HostInterface<Ports> = {
  name: "wasi:cli/stdout",
  functions: { "get-stdout": direct((context) => logStream(context, "stdout")) },
};

export const stderr: HostInterface<Ports> = {
  name: "wasi:cli/stderr",
  functions: { "get-stderr": direct((context) => logStream(context, "stderr")) },
};

/** Every write becomes one log entry; never the process's own output. */
function logStream(context: Ports, level: "stdout" | "stderr"): OutputStream {
  const decoder = new TextDecoder();
  return outputStreamTo((contents) => context.log(level, "", decoder.decode(contents, { stream: true })));
}

/** No worker has a terminal; programs ask whether theirs is one. */
export const terminalInput: HostInterface<Ports> = { name: "wasi:cli/terminal-input", functions: {} };
export const terminalOutput: HostInterface<Ports> = { name: "wasi:cli/terminal-output", functions: {} };

const none = direct(() => undefined);

export const terminalStdin: HostInterface<Ports> = {
  name: "wasi:cli/terminal-stdin",
  functions: { "get-terminal-stdin": none },
};
export const terminalStdout: HostInterface<Ports> = {
  name: "wasi:cli/terminal-stdout",
  functions: { "get-terminal-stdout": none },
};
export const terminalStderr: HostInterface<Ports> = {
  name: "wasi:cli/terminal-stderr",
  functions: { "get-terminal-stderr": none },
};
