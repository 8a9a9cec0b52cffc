const DECODERS: ReadonlyMap<string, CompressionFormat> = new Map([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
]);

/**
 * The body of a response without its `content-encoding`.
 *
 * @throws TypeError for an encoding that is not decoded here
 */
export function decodedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  encoding: string | null,
  url: string,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encodings = (encoding ?? "")
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== "" && each !== "identity");
  return encodings.toReversed().reduce((decoded, each) => {
    const format = DECODERS.get(each);
    if (format === undefined) {
      throw new TypeError(
        `${url} answered in the encoding ${each}, which is not decoded here. Ask for gzip by the header accept-encoding.`,
      );
    }
    return decoded.pipeThrough(new DecompressionStream(format));
  }, body);
}
