/**
 * The syntax tree of WIT: what one text says, before any name is looked up.
 *
 * Identifiers are stored without their `%`; the printer puts it back where the language needs it. Everything optional is
 * absent rather than `undefined`, so a tree can be written by hand as briefly as the WIT that it stands for.
 */

import type { PrimitiveKind } from "./model.ts";

/** A place in a text; both count from 1, columns in UTF-16 units. */
export interface WitPosition {
  readonly line: number;
  readonly column: number;
}

/** A node that may know where it came from; generated trees have no positions. */
export interface WitNode {
  readonly at?: WitPosition;
}

/** `@since(version = 0.2.0)`, `@unstable(feature = fancy)`, `@deprecated(version = 0.2.1)` */
export type WitGate =
  | { readonly kind: "since"; readonly version: string }
  | { readonly kind: "unstable"; readonly feature: string }
  | { readonly kind: "deprecated"; readonly version: string };

/** A node that may be explained. */
export interface WitDocumented extends WitNode {
  /** Ordinary comments on lines of their own before the node, one entry per line. */
  readonly comments?: readonly string[];
  /** Text of the doc comments, without comment signs; lines are separated by `\n`. */
  readonly docs?: string;
}

/** A node that may also be gated: left out of the model unless its feature is asked for. */
export interface WitDeclared extends WitDocumented {
  readonly gates?: readonly WitGate[];
}

/** `wasi:io@0.2.0`; a nested namespace is `a:b`, a nested package name is `c/d`. */
export interface WitPackageName extends WitNode {
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
}

/** A reference to an interface or world: `poll`, or `wasi:io/poll@0.2.0` when `package` is present. */
export interface WitPath extends WitNode {
  readonly package?: WitPackageName;
  readonly name: string;
}

/** A type as it is written. `named` refers to a declaration or to a name that `use` brought in. */
export type WitTypeExpression = WitNode &
  (
    | { readonly kind: PrimitiveKind | "error-context" }
    | { readonly kind: "named"; readonly name: string }
    | { readonly kind: "own" | "borrow"; readonly resource: string }
    | { readonly kind: "list"; readonly element: WitTypeExpression; readonly length?: number }
    | { readonly kind: "map"; readonly key: WitTypeExpression; readonly value: WitTypeExpression }
    | { readonly kind: "option"; readonly some: WitTypeExpression }
    | { readonly kind: "tuple"; readonly items: readonly WitTypeExpression[] }
    | { readonly kind: "result"; readonly ok?: WitTypeExpression; readonly err?: WitTypeExpression }
    | { readonly kind: "future" | "stream"; readonly element?: WitTypeExpression }
  );

export interface WitParameter extends WitNode {
  readonly name: string;
  readonly type: WitTypeExpression;
}

/** `async func(a: u32) -> string` */
export interface WitSignature {
  readonly async?: true;
  readonly params: readonly WitParameter[];
  readonly result?: WitTypeExpression;
}

/** `name: func(…)` in an interface. */
export interface WitFunctionDeclaration extends WitDeclared {
  readonly kind: "func";
  readonly name: string;
  readonly signature: WitSignature;
}

export interface WitFieldDeclaration extends WitDocumented {
  readonly name: string;
  readonly type: WitTypeExpression;
}

export interface WitCaseDeclaration extends WitDocumented {
  readonly name: string;
  readonly type?: WitTypeExpression;
}

/** A case of an enum or a bit of flags. */
export interface WitLabelDeclaration extends WitDocumented {
  readonly name: string;
}

/** What a resource offers. A constructor has no name of its own. */
export type WitResourceItem = WitDeclared &
  (
    | { readonly kind: "constructor"; readonly signature: WitSignature }
    | { readonly kind: "method" | "static"; readonly name: string; readonly signature: WitSignature }
  );

/** `type`, `record`, `variant`, `enum`, `flags` or `resource`. */
export type WitTypeDeclaration = WitDeclared & { readonly name: string } & (
    | { readonly kind: "type"; readonly type: WitTypeExpression }
    | { readonly kind: "record"; readonly fields: readonly WitFieldDeclaration[] }
    | { readonly kind: "variant"; readonly cases: readonly WitCaseDeclaration[] }
    | { readonly kind: "enum"; readonly cases: readonly WitLabelDeclaration[] }
    | { readonly kind: "flags"; readonly names: readonly WitLabelDeclaration[] }
    | { readonly kind: "resource"; readonly items: readonly WitResourceItem[] }
  );

/** `a` or `a as b` */
export interface WitRename extends WitNode {
  readonly name: string;
  readonly as?: string;
}

/** `use wasi:io/poll@0.2.0.{pollable as p};` */
export interface WitUse extends WitDeclared {
  readonly kind: "use";
  readonly path: WitPath;
  readonly names: readonly WitRename[];
}

export type WitInterfaceItem = WitUse | WitTypeDeclaration | WitFunctionDeclaration;

export interface WitInterfaceDeclaration extends WitDeclared {
  readonly kind: "interface";
  readonly name: string;
  readonly items: readonly WitInterfaceItem[];
}

/** What a world imports or exports: an interface by its path, or a function or interface written on the spot. */
export type WitExtern =
  | { readonly kind: "path"; readonly path: WitPath }
  | { readonly kind: "func"; readonly name: string; readonly signature: WitSignature }
  | { readonly kind: "interface"; readonly name: string; readonly items: readonly WitInterfaceItem[] };

export interface WitExternDeclaration extends WitDeclared {
  readonly kind: "import" | "export";
  readonly extern: WitExtern;
}

/** `a as b` in `with { … }` */
export interface WitIncludeRename extends WitNode {
  readonly name: string;
  readonly as: string;
}

/** `include wasi:io/imports@0.2.0 with { a as b };` */
export interface WitInclude extends WitDeclared {
  readonly kind: "include";
  readonly path: WitPath;
  /** Empty without a `with` clause. */
  readonly renames: readonly WitIncludeRename[];
}

export type WitWorldDeclarationItem = WitUse | WitTypeDeclaration | WitExternDeclaration | WitInclude;

export interface WitWorldDeclaration extends WitDeclared {
  readonly kind: "world";
  readonly name: string;
  readonly items: readonly WitWorldDeclarationItem[];
}

/** `use wasi:io/poll@0.2.0 as p;` between declarations: names an interface for the rest of the file. */
export interface WitFileUse extends WitDeclared {
  readonly kind: "file-use";
  readonly path: WitPath;
  readonly as?: string;
}

export type WitPackageItem = WitInterfaceDeclaration | WitWorldDeclaration | WitFileUse;

/** `package wasi:io@0.2.0;` */
export interface WitPackageDeclaration extends WitDeclared {
  readonly name: WitPackageName;
}

/** `package wasi:io@0.2.0 { … }` */
export interface WitNestedPackage extends WitDeclared {
  readonly kind: "package";
  readonly name: WitPackageName;
  readonly items: readonly WitPackageItem[];
}

/** One WIT text. */
export interface WitFile {
  /** Where the text came from, as error messages shall show it. */
  readonly file?: string;
  readonly package?: WitPackageDeclaration;
  readonly items: readonly (WitPackageItem | WitNestedPackage)[];
}
