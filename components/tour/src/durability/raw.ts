import { log } from "wasi:logging/logging";

import { journalled } from "./journalled.ts";

export function durableFunction(text: string): string {
  return journalled("tour::shout", () => {
    log("info", "tour", `shouting ${text}`);
    return text.toUpperCase();
  });
}
