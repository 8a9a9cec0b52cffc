import { jsonCodec, textCodec } from "../codec.ts";

/** Longer inputs are recorded by their beginning and a hash. In UTF-16 code units. */
const LONGEST_INPUT = 500;
const LINE_FEED = 10;

/** What is recorded of a step: the JSON of its input in short, and its result. */
export interface StepRecord {
  readonly input: string;
  readonly result: Uint8Array;
}

/** An input as it is recorded and compared: its JSON. @throws CodecError if JSON has no word for it */
export function describeInput(input: unknown): string {
  return shortened(textCodec.decode(jsonCodec<unknown>().encode(input ?? null)));
}

/** A text in short: others are told apart from it by their hash. */
export function shortened(text: string): string {
  if (text.length <= LONGEST_INPUT) return text;
  return `${text.slice(0, LONGEST_INPUT)}… (${text.length} characters, hash ${hash(text)})`;
}

/** The input on a line of its own, then the result. JSON has no line feeds. */
export function encodeRecord({ input, result }: StepRecord): Uint8Array {
  const line = textCodec.encode(`${input}\n`);
  const bytes = new Uint8Array(line.length + result.length);
  bytes.set(line);
  bytes.set(result, line.length);
  return bytes;
}

/** `undefined` for bytes that no step has recorded. */
export function decodeRecord(bytes: Uint8Array): StepRecord | undefined {
  const end = bytes.indexOf(LINE_FEED);
  if (end < 0) return undefined;
  return { input: new TextDecoder().decode(bytes.subarray(0, end)), result: bytes.slice(end + 1) };
}

/** FNV-1a of 64 bits over UTF-16 code units. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1)
    state = BigInt.asUintN(64, (state ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  return state.toString(16).padStart(16, "0");
}
