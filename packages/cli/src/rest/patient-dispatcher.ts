import type { Agent } from "undici";

/**
 * Connections on which an answer may take for ever: Node's own give up after five minutes, and a call takes as long as it
 * takes. A connection that cannot be made still fails in ten seconds.
 */
export async function patientDispatcher(): Promise<Agent> {
  const { Agent } = await import("undici");
  return new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });
}
