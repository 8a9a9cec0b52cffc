import type { IncomingRequest, ResponseOutparam } from "wasi:http/types@0.2.0";

import { handle as handleRaw } from "./raw.ts";
import { handler } from "./sdk.ts";

/** A component has one handler. The path says which half of the tour answers: `/raw/…` or `/sdk/…`. */
export function handle(request: IncomingRequest, responseOut: ResponseOutparam): void | Promise<void> {
  const isForSdk = request.pathWithQuery()?.startsWith("/sdk/") === true;
  return isForSdk ? handler.handle(request, responseOut) : handleRaw(request, responseOut);
}
