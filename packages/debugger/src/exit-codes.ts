/** Exit codes of a debuggee, beside 0: all was replayed. */
export const EXIT = {
  /** The program does something else than what is recorded. */
  differs: 1,
  /** The oplog, or what the program does, cannot be replayed here. */
  impossible: 2,
  /** No debugger can attach. */
  portInUse: 3,
} as const;
