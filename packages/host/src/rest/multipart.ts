import { Busboy } from "@fastify/busboy";

/**
 * The parts of a multipart form by name, the first of each. All are bytes, with or without a file name: Golem's own
 * clients send components without one, which the platform's `FormData` would take for text.
 *
 * @throws Error if the bytes are not such a form
 */
export async function parseMultipart(
  contentType: string,
  form: Uint8Array,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array>();
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, Uint8Array>>();
  const parser = new Busboy({ headers: { "content-type": contentType }, isPartAFile: () => true });
  parser.on("file", (name, part) => {
    const chunks: Uint8Array[] = [];
    part.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    part.once("error", reject);
    part.once("end", () => {
      if (!parts.has(name)) parts.set(name, new Uint8Array(Buffer.concat(chunks)));
    });
  });
  parser.once("error", reject);
  parser.once("finish", () => resolve(parts));
  parser.end(form);
  return promise;
}
