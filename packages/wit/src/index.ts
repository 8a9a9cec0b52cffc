export type {
  PrimitiveKind,
  WitCase,
  WitField,
  WitFunction,
  WitInterface,
  WitResource,
  WitType,
  WitWorld,
  WitWorldItem,
} from "./model.ts";
export type {
  WitCaseDeclaration,
  WitDeclared,
  WitDocumented,
  WitExtern,
  WitExternDeclaration,
  WitFieldDeclaration,
  WitFile,
  WitFileUse,
  WitFunctionDeclaration,
  WitGate,
  WitInclude,
  WitIncludeRename,
  WitInterfaceDeclaration,
  WitInterfaceItem,
  WitLabelDeclaration,
  WitNestedPackage,
  WitNode,
  WitPackageDeclaration,
  WitPackageItem,
  WitPackageName,
  WitParameter,
  WitPath,
  WitPosition,
  WitRename,
  WitResourceItem,
  WitSignature,
  WitTypeDeclaration,
  WitTypeExpression,
  WitUse,
  WitWorldDeclaration,
  WitWorldDeclarationItem,
} from "./ast.ts";
export { NameError } from "./name-error.ts";
export { nearestName } from "./nearest-name.ts";
export { unknownName } from "./unknown-name.ts";
export { parseWit, type ParseWitOptions } from "./parser.ts";
export { printWit } from "./printer.ts";
export { resolveWit, type ResolveWitOptions, type WitModel } from "./resolve.ts";
export { bestCompatible, isCompatible } from "./version.ts";
export { WitError, type WitErrorCode } from "./wit-error.ts";
export { parseWitId, printWitId, type WitId } from "./wit-id.ts";
export { ComponentDecodeError, type ComponentDecodeErrorCode } from "./component/component-decode-error.ts";
export { leb128, PREAMBLE, sectionHead } from "./component/binary-writer.ts";
export { BinaryReader, type BinarySection } from "./component/binary-reader.ts";
export { worldOfComponent } from "./component/world-of-component.ts";
export {
  canonicalNames,
  type FunctionName,
  FunctionNameError,
  type FunctionReference,
  type InterfaceName,
  parseFunctionName,
  printFunctionName,
} from "./function-name.ts";
export { analysedType, type AnalysedType } from "./value/analysed-type.ts";
export { camelCase, pascalCase } from "./value/camel-case.ts";
export { checkValue } from "./value/check-value.ts";
export { compileCheck } from "./value/compile-check.ts";
export { describeType } from "./value/describe.ts";
export { listOf } from "./value/numbers.ts";
export { jsonFromValue, type JsonFromValueOptions } from "./value/json-from-value.ts";
export { type JsonTree, parseJson, stringifyJson } from "./value/json-tree.ts";
export { taggedCases } from "./value/tagged-cases.ts";
export { isTaggedOption } from "./value/tagged-option.ts";
export { typeFromAnalysed } from "./value/type-from-analysed.ts";
export { WitValueError } from "./value/value-error.ts";
export { type HandleType, valueFromJson, type ValueFromJsonOptions } from "./value/value-from-json.ts";
export { valueFromWave } from "./wave/value-from-wave.ts";
export { WaveError } from "./wave/wave-error.ts";
export { waveFromValue } from "./wave/wave-from-value.ts";
export { canBeRead } from "./rpc/component-wit.ts";
export { generateRpc } from "./rpc/generate-rpc.ts";
export { pruneForeignExports } from "./rpc/prune-foreign-exports.ts";
export type {
  RpcComponent,
  RpcDynamicLinking,
  RpcInput,
  RpcLinkTarget,
  RpcTarget,
  RpcWit,
  WitTexts,
} from "./rpc/rpc-input.ts";
