import { readLocal, type HostInterface } from "../host-interface.ts";
import { list, string } from "../wit-types.ts";

/** A worker is given no directory. */
export const preopens: HostInterface = {
  name: "wasi:filesystem/preopens",
  functions: {
    "get-directories": readLocal("cli::preopens::get_directories", {
      types: { request: null, response: list(string) },
      run: () => [],
    }),
  },
};
