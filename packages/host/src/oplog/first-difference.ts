import { isVariant } from "./readable-value.ts";

/** Where two values differ first. */
export interface ValueDifference {
  /** `carts.tea[2].at`; empty for the whole value. */
  readonly where: string;
  readonly recorded: unknown;
  readonly now: unknown;
}

/** The first place, in the order of the recorded value, where another one of the same type differs; the whole if there is none. */
export function firstDifference(recorded: unknown, now: unknown): ValueDifference {
  return find(recorded, now, "") ?? { where: "", recorded, now };
}

function find(recorded: unknown, now: unknown, where: string): ValueDifference | undefined {
  if (Object.is(recorded, now)) return undefined;
  if (ArrayBuffer.isView(recorded) && ArrayBuffer.isView(now))
    return Buffer.compare(bytesOf(recorded), bytesOf(now)) === 0 ? undefined : { where, recorded, now };
  if (!isObject(recorded) || !isObject(now)) return { where, recorded, now };
  if (Array.isArray(recorded) !== Array.isArray(now)) return { where, recorded, now };
  if (isVariant(recorded) && isVariant(now))
    return recorded.tag === now.tag
      ? find(recorded.val, now.val, within(where, recorded.tag))
      : { where, recorded, now };
  for (const key of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
    const inner = Array.isArray(recorded) ? `${where}[${key}]` : within(where, key);
    const difference = find(Reflect.get(recorded, key), Reflect.get(now, key), inner);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function within(where: string, name: string): string {
  return where === "" ? name : `${where}.${name}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
