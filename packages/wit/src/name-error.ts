/** A name that means nothing that there is, or several things. The message ends with what to write instead. */
export class NameError extends Error {
  override readonly name = "NameError";
}
