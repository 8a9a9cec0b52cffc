import { readLocal, type HostInterface } from "../host-interface.ts";
import { list, string } from "../../ground/wit/wit-types.ts";
import type { FilesPort } from "../ports.ts";

/** The worker's own directory, under two names. */
const PREOPENS = ["/", "."];

export const preopens: HostInterface<FilesPort> = {
  name: "wasi:filesystem/preopens",
  functions: {
    "get-directories": readLocal("cli::preopens::get_directories", {
      types: { request: null, response: list(string) },
      run: () => PREOPENS,
      toGuest: (context: FilesPort, names: readonly string[]) =>
        names.map((name) => [context.files.openRoot(), name]),
    }),
  },
};
