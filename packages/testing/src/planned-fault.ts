import type { CallErrorTag, CallFault } from "@golem-kit/host";
import { printValue } from "./describe-entry.ts";
import type { Fault } from "./outside/fault.ts";

const CALL_ERRORS = [
  "not-found",
  "protocol-error",
  "remote-internal-error",
] satisfies readonly CallErrorTag[];

/** @throws TypeError if it is none */
export function checkFault(fault: Fault): void {
  const { cutBodyAfter, status } = partsOf(fault);
  const isFault =
    isCommon(fault) || isWhole(cutBodyAfter, 0) || (isWhole(status, 200) && Number(status) <= 599);
  if (isFault) return;
  throw new TypeError(
    `There is no fault ${printValue(fault)}. A request goes wrong by "disconnect", "lose-answer", { cutBodyAfter: bytes }, ` +
      "{ status: 200…599 } or { until: promise }.",
  );
}

/** @throws TypeError if it is none */
export function checkCallFault(fault: CallFault): void {
  const { error } = partsOf(fault);
  if (isCommon(fault) || CALL_ERRORS.some((each) => each === error)) return;
  const errors = CALL_ERRORS.map((each) => `"${each}"`).join(" | ");
  throw new TypeError(
    `There is no fault ${printValue(fault)}. A call goes wrong by "disconnect", "lose-answer", { error: ${errors} } or ` +
      "{ until: promise }.",
  );
}

/** @throws TypeError unless it says how many times something goes wrong */
export function checkTimes(times: number): void {
  if (!isWhole(times, 1)) throw new TypeError(`times must be a whole number from 1: ${times}`);
}

function isCommon(fault: unknown): boolean {
  const { until } = partsOf(fault);
  return fault === "disconnect" || fault === "lose-answer" || typeof partsOf(until)["then"] === "function";
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
