/** The parts of the kit that stand on no WIT interface. What talks to the platform is in this package's subpaths. */
export {
  DurationError,
  isDurationError,
  toNanoseconds,
  type Duration,
  type DurationParts,
} from "./duration.ts";
export type { Implementation } from "./implementation.ts";
export { isResultError, ResultError, unwrap, type Result } from "./result.ts";
export { isSdkError, SdkError, type SdkErrorDetails } from "./sdk-error.ts";
export {
  bytesCodec,
  CodecError,
  isCodecError,
  jsonCodec,
  textCodec,
  type Codec,
  type JsonValue,
} from "./codec.ts";
export type { InputOf, OutputOf, StandardSchema } from "./standard-schema.ts";
