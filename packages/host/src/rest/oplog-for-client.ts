import type { Context } from "hono";
import type { OplogPage } from "../ground/api/public-oplog.ts";
import { inBothSpellings } from "../oplog/entry-names.ts";

/**
 * A page as the client that asks can read it. Golem's own command line does not say which version it is, nor who: 1.2.0
 * reads names in snake_case only, 1.2.5 in camelCase only. Who sends no `User-Agent`, as it does, gets both spellings of
 * each name; everybody else gets those of 1.2.5.
 */
export function oplogForClient(page: OplogPage, { req }: Context): unknown {
  if (req.header("user-agent") !== undefined) return page;
  return {
    ...page,
    entries: page.entries.map(({ oplogIndex, entry }) => ({ oplogIndex, entry: inBothSpellings(entry) })),
    next: inBothSpellings(page.next),
  };
}
