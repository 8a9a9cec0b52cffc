import { resolve } from "node:path";

/** Why a guest failed, as its own program says it. */
export interface GuestFailure {
  /** What was thrown, and what else it wrote to its standard error; of other guests than JavaScript's all that is recorded. */
  readonly message: string;
  /** The innermost first, from the call of the host that failed, if it was one; empty if the guest tells none. */
  readonly frames: readonly GuestFrame[];
}

export interface GuestFrame {
  readonly function: string;
  /** As messages show it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a component in JavaScript writes when its program throws: after the trap of its engine. */
const PROGRAM_FAILURE = /\n\n(?<thrown>[^]*)\nStack:\n(?<stack>(?: {2}.*\n?)+)(?<more>[^]*)$/;

/** What it writes when an error without a stack is thrown, as the engine's own `fetch` does. */
const FAILURE_WITHOUT_STACK = /\n\n(?<thrown>[^]*)\nRedirecting call to abort\(\)[^]*$/;

const FRAME = /^ {2}(?<async>async\*)?(?<name>.*)@(?<file>.+):(?<line>\d+):(?<column>\d+)$/;

/** What lies between the program and the host. */
const BINDINGS = "/bindings/";

/** Lines that tell about the engine, and nothing about the program. */
const ENGINE_LINE = /^Redirecting call to abort\(\).*\n?/gm;

/**
 * @param details of a `RuntimeError` or `PreviousInvocationFailed`, in places of the sources: {@link GuestSources.locate}
 */
export function readGuestFailure(details: string): GuestFailure {
  const found = PROGRAM_FAILURE.exec(details) ?? FAILURE_WITHOUT_STACK.exec(details);
  const { thrown, stack = "", more = "" } = found?.groups ?? {};
  if (thrown === undefined) return { message: details, frames: [] };
  const said = [thrown, more.replaceAll(ENGINE_LINE, "")].map((part) => part.trim());
  const frames = stack.split("\n").flatMap(readFrame);
  return {
    message: said.filter((part) => part !== "").join("\n"),
    frames: frames.slice(0, frames.findLastIndex(isOfProgram) + 1),
  };
}

function readFrame(text: string): readonly GuestFrame[] {
  const { async, name = "", file = "", line, column } = FRAME.exec(text)?.groups ?? {};
  if (file === "") return [];
  // The bundler numbers what several files call the same.
  const called = name.replace(/\$\d+$/, "") || "<anonymous>";
  return [
    {
      function: async === undefined ? called : `async ${called}`,
      file,
      line: Number(line),
      column: Number(column),
    },
  ];
}

/** False for the bindings, whose file nobody has. */
export function isOfProgram({ file }: GuestFrame): boolean {
  return !file.startsWith(BINDINGS);
}

/** A frame as V8 writes it, so that whatever reads stacks finds the place in the guest's source. */
export function printFrame({ function: name, file, line, column }: GuestFrame): string {
  return `    at ${name} (${resolve(file)}:${line}:${column})`;
}
