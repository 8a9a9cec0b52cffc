/** Something that cannot be deployed as it is. The message says what, and why. */
export class DeploymentError extends Error {
  override readonly name = "DeploymentError";
}
