import type {
  WitDeclared,
  WitDocumented,
  WitExternDeclaration,
  WitFile,
  WitGate,
  WitInterfaceItem,
  WitNestedPackage,
  WitPackageItem,
  WitRename,
  WitResourceItem,
  WitTypeDeclaration,
  WitWorldDeclarationItem,
} from "./ast.ts";
import {
  printFunctionType,
  printName,
  printPackageName,
  printPath,
  printSignature,
  printType,
} from "./printer-types.ts";

/**
 * Writes a tree as canonical WIT text: two spaces of indentation, one declaration a line, an empty line around whatever
 * takes more than one line. Docs, gates and the comments before declarations are kept.
 *
 * Reading the text again gives the same tree, apart from positions.
 */
export function printWit(file: WitFile): string {
  const own = file.package;
  const header = own === undefined ? [] : [...annotations(own), `package ${printPackageName(own.name)};`];
  const lines = spaced(file.items.map(printFileItem));
  return [...header, ...(header.length > 0 && lines.length > 0 ? [""] : []), ...lines, ""].join("\n");
}

type Lines = readonly string[];

function printFileItem(item: WitPackageItem | WitNestedPackage): Lines {
  if (item.kind !== "package") return printPackageItem(item);
  const head = `package ${printPackageName(item.name)}`;
  return [...annotations(item), ...block(head, spaced(item.items.map(printPackageItem)))];
}

function printPackageItem(item: WitPackageItem): Lines {
  return [...annotations(item), ...packageItemLines(item)];
}

function packageItemLines(item: WitPackageItem): Lines {
  switch (item.kind) {
    case "interface":
      return block(`interface ${printName(item.name)}`, interfaceLines(item.items));
    case "world":
      return block(`world ${printName(item.name)}`, spaced(item.items.map(printWorldItem)));
    case "file-use":
      return [`use ${printPath(item.path)}${printAs(item.as)};`];
  }
}

function interfaceLines(items: readonly WitInterfaceItem[]): Lines {
  return spaced(items.map((item) => [...annotations(item), ...interfaceItemLines(item)]));
}

function interfaceItemLines(item: WitInterfaceItem): Lines {
  switch (item.kind) {
    case "use":
      return [`use ${printPath(item.path)}.{${item.names.map(printRename).join(", ")}};`];
    case "func":
      return [`${printName(item.name)}: ${printFunctionType(item.signature)};`];
    default:
      return typeLines(item);
  }
}

function typeLines(item: WitTypeDeclaration): Lines {
  const head = `${item.kind} ${printName(item.name)}`;
  switch (item.kind) {
    case "type":
      return [`${head} = ${printType(item.type)};`];
    case "record":
      return block(
        head,
        members(item.fields, ({ name, type }) => `${printName(name)}: ${printType(type)}`),
      );
    case "variant":
      return block(
        head,
        members(item.cases, ({ name, type }) => `${printName(name)}${type ? `(${printType(type)})` : ""}`),
      );
    case "enum":
      return block(
        head,
        members(item.cases, ({ name }) => printName(name)),
      );
    case "flags":
      return block(
        head,
        members(item.names, ({ name }) => printName(name)),
      );
    case "resource":
      if (item.items.length === 0) return [`${head};`];
      return block(head, spaced(item.items.map((each) => [...annotations(each), resourceItemLine(each)])));
  }
}

function members<T extends WitDocumented>(items: readonly T[], text: (item: T) => string): Lines {
  return items.flatMap((item) => [...annotations(item), `${text(item)},`]);
}

function resourceItemLine(item: WitResourceItem): string {
  if (item.kind === "constructor") return `constructor${printSignature(item.signature)};`;
  const modifier = item.kind === "static" ? "static " : "";
  return `${printName(item.name)}: ${modifier}${printFunctionType(item.signature)};`;
}

function printWorldItem(item: WitWorldDeclarationItem): Lines {
  return [...annotations(item), ...worldItemLines(item)];
}

function worldItemLines(item: WitWorldDeclarationItem): Lines {
  switch (item.kind) {
    case "import":
    case "export":
      return externLines(item);
    case "include": {
      const head = `include ${printPath(item.path)}`;
      if (item.renames.length === 0) return [`${head};`];
      return [`${head} with { ${item.renames.map(printRename).join(", ")} }`];
    }
    default:
      return interfaceItemLines(item);
  }
}

function externLines({ kind, extern }: WitExternDeclaration): Lines {
  switch (extern.kind) {
    case "path":
      return [`${kind} ${printPath(extern.path)};`];
    case "func":
      return [`${kind} ${printName(extern.name)}: ${printFunctionType(extern.signature)};`];
    case "interface":
      return block(`${kind} ${printName(extern.name)}: interface`, interfaceLines(extern.items));
  }
}

function printRename({ name, as }: WitRename): string {
  return `${printName(name)}${printAs(as)}`;
}

function printAs(name: string | undefined): string {
  return name === undefined ? "" : ` as ${printName(name)}`;
}

function annotations({ comments = [], docs, gates = [] }: WitDeclared): Lines {
  return [
    ...comments.map((line) => commentLine("//", line)),
    ...(docs === undefined ? [] : docs.split("\n").map((line) => commentLine("///", line))),
    ...gates.map(printGate),
  ];
}

function commentLine(sign: string, text: string): string {
  return text === "" ? sign : `${sign} ${text}`;
}

function printGate(gate: WitGate): string {
  const argument =
    gate.kind === "unstable" ? `feature = ${printName(gate.feature)}` : `version = ${gate.version}`;
  return `@${gate.kind}(${argument})`;
}

function block(head: string, body: Lines): Lines {
  if (body.length === 0) return [`${head} {}`];
  return [`${head} {`, ...body.map((line) => (line === "" ? line : `  ${line}`)), "}"];
}

/** Puts an empty line around every item of several lines. */
function spaced(items: readonly Lines[]): Lines {
  return items.flatMap((item, index) => {
    const previous = items[index - 1];
    const isApart = previous !== undefined && (previous.length > 1 || item.length > 1);
    return isApart ? ["", ...item] : item;
  });
}
