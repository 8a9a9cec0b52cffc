import type { Implementation } from "@golem-kit/sdk";
import type * as LoadSnapshot from "golem:api/load-snapshot@1.1.0";
import type * as SaveSnapshot from "golem:api/save-snapshot@1.1.0";
import type * as IncomingHandler from "wasi:http/incoming-handler@0.2.0";

import type * as Notebook from "kit:tour-exports/notebook";
import type * as Raw from "kit:tour-exports/raw";
import type * as Sdk from "kit:tour-exports/sdk";

import { handle } from "./incoming-handler/by-path.ts";
import { load, note, notes, save } from "./notebook.ts";
import * as rawHalf from "./raw.ts";
import * as sdkHalf from "./sdk.ts";

export const notebook: Implementation<typeof Notebook> = { note, notes };
export const raw: Implementation<typeof Raw> = rawHalf;
export const sdk: Implementation<typeof Sdk> = sdkHalf;

export const saveSnapshot: Implementation<typeof SaveSnapshot> = { save };
export const loadSnapshot: Implementation<typeof LoadSnapshot> = { load };
export const incomingHandler: Implementation<typeof IncomingHandler> = { handle };
