import type { HostContext } from "../host-context.ts";
import { readLocal, type HostInterface } from "../host-interface.ts";
import { list, string } from "../../ground/wit/wit-types.ts";

/** The worker's own directory, under two names. */
const PREOPENS = ["/", "."];

export const preopens: HostInterface = {
  name: "wasi:filesystem/preopens",
  functions: {
    "get-directories": readLocal("cli::preopens::get_directories", {
      types: { request: null, response: list(string) },
      run: () => PREOPENS,
      toGuest: (context: HostContext, names: readonly string[]) =>
        names.map((name) => [context.files.openRoot(), name]),
    }),
  },
};
