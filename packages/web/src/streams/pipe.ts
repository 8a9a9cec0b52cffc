/**
 * Pipes until the signal aborts; then both sides are ended with its reason, unless they are to be kept.
 *
 * @throws the signal's reason; what either side fails with
 */
export async function pipeWithSignal(
  source: ReadableStream<unknown>,
  destination: WritableStream<unknown>,
  signal: AbortSignal,
  { preventAbort = false, preventCancel = false, preventClose = false }: StreamPipeOptions,
): Promise<void> {
  const reader = source.getReader();
  const writer = destination.getWriter();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  // Nobody may be waiting for it.
  aborted.promise.catch(() => {});
  const end = async (reason: unknown, ofSource: boolean): Promise<never> => {
    const ends: Promise<unknown>[] = [];
    if (!preventAbort && (ofSource || signal.aborted)) ends.push(writer.abort(reason));
    if (!preventCancel && (!ofSource || signal.aborted)) ends.push(reader.cancel(reason));
    await Promise.allSettled(ends);
    throw reason;
  };
  try {
    for (;;) {
      await Promise.race([aborted.promise, writer.ready]).catch((error: unknown) => end(error, false));
      const read = Promise.race([aborted.promise, reader.read()]);
      const { done, value } = await read.catch((error: unknown) => end(error, true));
      if (done) break;
      await writer.write(value).catch((error: unknown) => end(error, false));
    }
    if (!preventClose) await writer.close();
  } finally {
    signal.removeEventListener("abort", abort);
    reader.releaseLock();
    writer.releaseLock();
  }
}
