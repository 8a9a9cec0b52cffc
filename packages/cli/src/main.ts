import { run } from "./program.ts";
import { watchOutput } from "./watch-output.ts";

watchOutput();
process.exitCode = await run(process.argv.slice(2));
