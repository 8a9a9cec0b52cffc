/** As the SDK writes an id: component, worker, index. */
const PROMISE_ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[^\s/]+\/)\d+/g;
const INDEX_NAMES: ReadonlySet<string> = new Set(["oplogIdx", "oplog-idx"]);

/**
 * Values without the indexes of promises in them, wherever they stand: texts, messages, records. An index is where in the
 * oplog a promise was made, which is another place after a crash: the promise is the same.
 */
export function withoutPromiseIndexes(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(PROMISE_ID, "$1…");
  if (Array.isArray(value)) return value.map(withoutPromiseIndexes);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value);
  const isPromise = fields.length === 2 && fields.some(([name]) => /^worker-?id$/i.test(name));
  return Object.fromEntries(
    fields.map(([name, field]) => {
      return [name, isPromise && INDEX_NAMES.has(name) ? "…" : withoutPromiseIndexes(field)];
    }),
  );
}
