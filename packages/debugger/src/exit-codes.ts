/** Exit code of a debuggee to which no debugger can attach. */
export const PORT_IN_USE = 3;
