import type { Implementation } from "@golem-kit/sdk";
import type * as SaveSnapshot from "golem:api/save-snapshot@1.1.0";
import type * as IncomingHandler from "wasi:http/incoming-handler@0.2.0";

import type * as Notebook from "kit:tour-exports/notebook";
import type * as Raw from "kit:tour-exports/raw";
import type * as Sdk from "kit:tour-exports/sdk";

import { handle } from "./incoming-handler/by-path.ts";
import { note, notes } from "./notebook.ts";
import * as rawHalf from "./raw.ts";
import * as sdkHalf from "./sdk.ts";
import { save } from "./snapshot/raw.ts";

export const notebook: Implementation<typeof Notebook> = { note, notes };
export const raw: Implementation<typeof Raw> = rawHalf;
export const sdk: Implementation<typeof Sdk> = sdkHalf;

// A component has one of each: the one half saves here what the other one loads.
export const saveSnapshot: Implementation<typeof SaveSnapshot> = { save };
export const incomingHandler: Implementation<typeof IncomingHandler> = { handle };
export { loadSnapshot } from "./snapshot/sdk.ts";
