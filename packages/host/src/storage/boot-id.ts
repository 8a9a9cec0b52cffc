import { readFileSync } from "node:fs";
import { uptime } from "node:os";

const LINUX_BOOT_ID = "/proc/sys/kernel/random/boot_id";

/** Where there is no id, the minute in which the machine was started stands for it. */
const SECONDS = 60;

/** Names the time since the machine was started last: another one after a loss of power, the same after `kill -9`. */
export function bootId(): string {
  if (process.platform === "linux") return readFileSync(LINUX_BOOT_ID, "utf8").trim();
  return String(Math.round((Date.now() / 1_000 - uptime()) / SECONDS));
}
