import { isSdkError } from "@golem-kit/sdk";

/** The code of the error that `run` ends in. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
    return "no error";
  } catch (error) {
    return isSdkError(error) ? error.code : String(error);
  }
}
