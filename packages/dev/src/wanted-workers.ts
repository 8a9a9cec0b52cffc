/**
 * Whether a worker, `shop:cart/ada`, is among those that were named: by component, `shop:cart`, or in full.
 *
 * @param only what was named; nothing means all
 */
export function wantedWorkers(only: readonly string[]): (worker: string) => boolean {
  if (only.length === 0) return () => true;
  const named = new Set(only);
  return (worker) => named.has(worker) || named.has(worker.slice(0, worker.indexOf("/")));
}
