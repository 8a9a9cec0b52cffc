declare module "@bytecodealliance/wizer" {
  /** Path of the executable for this machine. */
  const path: string;
  export default path;
}
