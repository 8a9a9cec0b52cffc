/** Calls to other workers through the clients that are generated from their WIT. */
export { call, type Future } from "./rpc/future.ts";
export { schedule, ScheduledCall, type CancellationToken } from "./rpc/schedule.ts";
export { isResultError, ResultError, unwrap, type Result } from "./result.ts";
export { toDatetime, type Datetime, type When } from "./instant.ts";
