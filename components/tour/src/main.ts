import type { Implementation } from "@golem-kit/sdk";

import type * as Notebook from "kit:tour-exports/notebook";
import type * as Raw from "kit:tour-exports/raw";
import type * as Sdk from "kit:tour-exports/sdk";

import { note, notes } from "./notebook.ts";
import * as rawHalf from "./raw.ts";
import * as sdkHalf from "./sdk.ts";

export const notebook: Implementation<typeof Notebook> = { note, notes };
export const raw: Implementation<typeof Raw> = rawHalf;
export const sdk: Implementation<typeof Sdk> = sdkHalf;
