/**
 * What comes in on a socket, one after the other, until the socket is closed.
 *
 * @param closing is aborted when the socket is closed, which makes `next` fail
 * @throws what `next` throws while the socket is open
 */
export async function* untilClosed<T>(
  closing: AbortSignal,
  next: () => Promise<T>,
): AsyncGenerator<T, void, undefined> {
  while (!closing.aborted) {
    const came = await next().catch((error: unknown) => {
      if (closing.aborted) return undefined;
      throw error;
    });
    if (came !== undefined) yield came;
  }
}
