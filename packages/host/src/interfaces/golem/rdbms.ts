import { direct, type HostFunctions, type HostInterface } from "../host-interface.ts";
import type { NoPorts } from "../ports.ts";

/** Everything else of these interfaces begins with a connection. */
const OPEN = direct(() => ({
  tag: "err",
  val: {
    tag: "connection-failure",
    val: "This host connects to no databases. What to do: run the component on a Golem server.",
  },
}));

const OF_A_CONNECTION = [
  "db-connection.query",
  "db-connection.query-stream",
  "db-connection.execute",
  "db-connection.begin-transaction",
  "db-transaction.query",
  "db-transaction.query-stream",
  "db-transaction.execute",
  "db-transaction.commit",
  "db-transaction.rollback",
  "db-result-stream.get-columns",
  "db-result-stream.get-next",
  "db-result-set.get-columns",
  "db-result-set.get-next",
];

/** No guest can call them, for it has nothing to call them on; they are there to be linked. */
const UNREACHABLE: HostFunctions<NoPorts> = Object.fromEntries(
  OF_A_CONNECTION.map((name) => [
    `[method]${name}`,
    direct(() => {
      throw new Error(`${name} was called without a connection`);
    }),
  ]),
);

const CONNECTIONS = { "[static]db-connection.open": OPEN, ...UNREACHABLE };

/** Keeps a value that is part of another one. */
const KEEP = direct((_, value: unknown) => ({ value }));
const GET = direct((_, { value }: { readonly value: unknown }) => value);

/** golem:rdbms/mysql@0.0.1 */
export const mysql: HostInterface<NoPorts> = { name: "golem:rdbms/mysql", functions: CONNECTIONS };

/** golem:rdbms/postgres@0.0.1 */
export const postgres: HostInterface<NoPorts> = {
  name: "golem:rdbms/postgres",
  functions: {
    ...CONNECTIONS,
    "[constructor]lazy-db-value": KEEP,
    "[method]lazy-db-value.get": GET,
    "[constructor]lazy-db-column-type": KEEP,
    "[method]lazy-db-column-type.get": GET,
  },
};
