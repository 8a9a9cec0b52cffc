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
export { nearestName } from "./nearest-name.ts";
export { parseWit, type ParseWitOptions } from "./parser.ts";
export { printWit } from "./printer.ts";
export { resolveWit, type ResolveWitOptions, type WitModel } from "./resolve.ts";
export { bestCompatible, isCompatible } from "./version.ts";
export { WitError, type WitErrorCode } from "./wit-error.ts";
export { parseWitId, printWitId, type WitId } from "./wit-id.ts";
export { ComponentDecodeError, type ComponentDecodeErrorCode } from "./component/component-decode-error.ts";
export { worldOfComponent } from "./component/world-of-component.ts";
