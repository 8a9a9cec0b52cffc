/** A page of the public oplog: Golem's JSON. Indices start at 1. */
export interface OplogPage {
  readonly entries: readonly { readonly oplogIndex: number; readonly entry: PublicOplogEntry }[];
  readonly next: { readonly nextOplogIndex: number; readonly currentComponentVersion: number } | null;
  readonly firstIndexInChunk: number;
  readonly lastIndex: number;
}

/** Entries of the public oplog, with their indices. */
export type PublicOplogEntries = OplogPage["entries"];

/** Golem's public oplog entry: internally tagged, camelCase. */
export type PublicOplogEntry = { readonly type: string; readonly timestamp: string } & Readonly<
  Record<string, unknown>
>;
