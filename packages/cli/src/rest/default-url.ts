/** Where `golem-kit serve` and Golem itself listen, if not told otherwise. */
export const defaultPort = 9881;

export const defaultUrl = `http://localhost:${defaultPort}`;
