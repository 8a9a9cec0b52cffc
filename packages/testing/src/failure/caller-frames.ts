/** The frames of a stack without those of the kit, which are of no interest to whoever reads where a test has failed. */
export function callerFrames(stack = ""): readonly string[] {
  const kit = new URL("..", import.meta.url).href;
  return stack.split("\n").filter((line) => line.startsWith("    at ") && !line.includes(kit));
}
