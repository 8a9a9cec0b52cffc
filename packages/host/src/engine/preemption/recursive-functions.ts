/** What a function calls. */
export interface Calls {
  /** Functions by their indices. */
  readonly direct: readonly number[];
  /** True if it also calls what it has from elsewhere: a table, a reference or an import. */
  readonly others: boolean;
}

/**
 * A set of functions such that every endless chain of calls passes one of them again and again: those that call what they have
 * from elsewhere, whatever that is, and one of each circle of the others.
 *
 * @param functions by their indices, from `first` on; those before are imported
 */
export function recursiveFunctions(functions: readonly Calls[], first: number): ReadonlySet<number> {
  const found = new Set<number>();
  const state = new Uint8Array(functions.length);
  const [unseen, open, done] = [0, 1, 2];
  for (let root = 0; root < functions.length; root += 1) {
    if (state[root] !== unseen) continue;
    state[root] = open;
    const path = [{ fn: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const called = functions[top.fn]?.direct[top.next];
      top.next += 1;
      if (called === undefined) {
        state[top.fn] = done;
        path.pop();
        continue;
      }
      const fn = called - first;
      if (state[fn] === open) found.add(fn);
      if (state[fn] !== unseen) continue;
      state[fn] = open;
      path.push({ fn, next: 0 });
    }
  }
  for (const [fn, { others }] of functions.entries()) if (others) found.add(fn);
  return found;
}
