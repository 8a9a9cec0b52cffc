import { createSpinner } from "nanospinner";
import pc from "picocolors";

/** Says what takes time, while it does. */
export interface Progress {
  /**
   * Runs some work. A terminal shows a spinner meanwhile; a log gets one line at the end.
   *
   * @param text what is done, e.g. `Building shop:orders`
   * @param done what to say when it is done
   */
  step<T>(text: string, work: () => Promise<T>, done: (result: T) => string): Promise<T>;
}

/** Progress on standard output. */
export function createProgress(): Progress {
  const isLive = process.stdout.isTTY && process.env["CI"] === undefined;
  return { step: isLive ? stepOnTerminal : stepInLog };
}

const stepOnTerminal: Progress["step"] = async (text, work, done) => {
  const spinner = createSpinner(text, { stream: process.stdout }).start();
  try {
    const result = await work();
    spinner.success(done(result));
    return result;
  } catch (error) {
    spinner.error(text);
    throw error;
  }
};

const stepInLog: Progress["step"] = async (text, work, done) => {
  try {
    const result = await work();
    process.stdout.write(`${pc.green("✔")} ${done(result)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${pc.red("✖")} ${text}\n`);
    throw error;
  }
};
