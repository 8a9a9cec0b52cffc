/** The process of `componentizeInProcess`: takes its input as the only argument, and sends `{ component }` or `{ error }`. */
import { type ComponentizeInput, componentizeProgram } from "./componentize.ts";

const input = JSON.parse(process.argv[2] ?? "{}") as ComponentizeInput;
try {
  process.send?.({ component: await componentizeProgram(input) });
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) });
}
