import * as fc from "fast-check";
import type {
  WitDeclared,
  WitDocumented,
  WitExtern,
  WitFile,
  WitInterfaceItem,
  WitPackageItem,
  WitPackageName,
  WitPath,
  WitResourceItem,
  WitSignature,
  WitTypeDeclaration,
  WitTypeExpression,
  WitWorldDeclarationItem,
} from "../src/index.ts";

/** Trees of every shape that the language has, without positions. Names are not meant to be resolvable. */

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}$/),
  fc.stringMatching(/^[A-Z][A-Z0-9]{0,3}(-[a-z0-9]{1,4}){0,2}$/),
  fc.constantFrom(
    "list",
    "from",
    "func",
    "use",
    "interface",
    "result",
    "map",
    "async",
    "with",
    "package",
    "static",
  ),
);
const version = fc.stringMatching(
  /^(0|[1-9]\d?)\.(0|[1-9]\d?)\.(0|[1-9]\d?)(-[a-z][a-z0-9]{0,3}(\.[1-9])?)?(\+[a-z0-9]{1,4})?$/,
);
const line = fc.stringMatching(/^( {0,2}[!-~é→]{1,6}){0,3}$/);

const documented: fc.Arbitrary<WitDocumented> = fc.record(
  {
    comments: fc.array(line, { minLength: 1, maxLength: 2 }),
    docs: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n")),
  },
  { requiredKeys: [] },
);
const gate = fc.oneof(
  fc.record({ kind: fc.constantFrom("since" as const, "deprecated" as const), version }),
  fc.record({ kind: fc.constant("unstable" as const), feature: name }),
);
const declared: fc.Arbitrary<WitDeclared> = fc
  .tuple(
    documented,
    fc.record({ gates: fc.array(gate, { minLength: 1, maxLength: 2 }) }, { requiredKeys: [] }),
  )
  .map(([docs, gates]) => Object.assign({}, docs, gates));

const packageName: fc.Arbitrary<WitPackageName> = fc.record(
  {
    namespace: fc.array(name, { minLength: 1, maxLength: 2 }).map((names) => names.join(":")),
    name: fc.array(name, { minLength: 1, maxLength: 2 }).map((names) => names.join("/")),
    version,
  },
  { requiredKeys: ["namespace", "name"] },
);
const path: fc.Arbitrary<WitPath> = fc.record({ package: packageName, name }, { requiredKeys: ["name"] });

const type = fc.letrec<{ type: WitTypeExpression }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      kind: fc.constantFrom(
        "bool",
        "s8",
        "s16",
        "s32",
        "s64",
        "u8",
        "u16",
        "u32",
        "u64",
        "f32",
        "f64",
        "char",
        "string",
        "error-context",
      ),
    }),
    fc.record({ kind: fc.constant("named"), name }),
    fc.record({ kind: fc.constantFrom("own", "borrow"), resource: name }),
    fc.record(
      { kind: fc.constant("list"), element: tie("type"), length: fc.nat() },
      { requiredKeys: ["kind", "element"] },
    ),
    fc.record({ kind: fc.constant("map"), key: tie("type"), value: tie("type") }),
    fc.record({ kind: fc.constant("option"), some: tie("type") }),
    fc.record({ kind: fc.constant("tuple"), items: fc.array(tie("type"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("result"), ok: tie("type"), err: tie("type") }, { requiredKeys: ["kind"] }),
    fc.record(
      { kind: fc.constantFrom("future", "stream"), element: tie("type") },
      { requiredKeys: ["kind"] },
    ),
  ),
})).type;

const typed = fc.record({ name, type });
const signature: fc.Arbitrary<WitSignature> = fc.record(
  { async: fc.constant(true as const), params: fc.array(typed, { maxLength: 3 }), result: type },
  { requiredKeys: ["params"] },
);
const plainSignature: fc.Arbitrary<WitSignature> = fc.record(
  { params: fc.array(typed, { maxLength: 3 }), result: type },
  { requiredKeys: ["params"] },
);

/** Puts annotations on a node. */
function annotated<A extends object, T>(
  annotations: fc.Arbitrary<A>,
  node: fc.Arbitrary<T>,
): fc.Arbitrary<T & A> {
  return fc.tuple(annotations, node).map(([above, below]) => Object.assign({}, above, below));
}

const few = <T>(items: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(items, { maxLength: 3 });
const labels = few(annotated(documented, fc.record({ name })));

const resourceItem: fc.Arbitrary<WitResourceItem> = annotated(
  declared,
  fc.oneof(
    fc.record({ kind: fc.constant("constructor" as const), signature: plainSignature }),
    fc.record({ kind: fc.constantFrom("method" as const, "static" as const), name, signature }),
  ),
);
const typeDeclaration: fc.Arbitrary<WitTypeDeclaration> = annotated(
  declared,
  fc.oneof(
    fc.record({ kind: fc.constant("type" as const), name, type }),
    fc.record({ kind: fc.constant("record" as const), name, fields: few(annotated(documented, typed)) }),
    fc.record({
      kind: fc.constant("variant" as const),
      name,
      cases: few(annotated(documented, fc.record({ name, type }, { requiredKeys: ["name"] }))),
    }),
    fc.record({ kind: fc.constant("enum" as const), name, cases: labels }),
    fc.record({ kind: fc.constant("flags" as const), name, names: labels }),
    fc.record({ kind: fc.constant("resource" as const), name, items: few(resourceItem) }),
  ),
);
const rename = fc.record({ name, as: name }, { requiredKeys: ["name"] });
const use = annotated(declared, fc.record({ kind: fc.constant("use" as const), path, names: few(rename) }));
const interfaceItem: fc.Arbitrary<WitInterfaceItem> = fc.oneof(
  use,
  typeDeclaration,
  annotated(declared, fc.record({ kind: fc.constant("func" as const), name, signature })),
);
const extern: fc.Arbitrary<WitExtern> = fc.oneof(
  fc.record({ kind: fc.constant("path" as const), path }),
  fc.record({ kind: fc.constant("func" as const), name, signature }),
  fc.record({ kind: fc.constant("interface" as const), name, items: few(interfaceItem) }),
);
const worldItem: fc.Arbitrary<WitWorldDeclarationItem> = fc.oneof(
  use,
  typeDeclaration,
  annotated(declared, fc.record({ kind: fc.constantFrom("import" as const, "export" as const), extern })),
  annotated(
    declared,
    fc.record({ kind: fc.constant("include" as const), path, renames: few(fc.record({ name, as: name })) }),
  ),
);
const packageItem: fc.Arbitrary<WitPackageItem> = annotated(
  declared,
  fc.oneof(
    fc.record({ kind: fc.constant("interface" as const), name, items: few(interfaceItem) }),
    fc.record({ kind: fc.constant("world" as const), name, items: few(worldItem) }),
    fc.record({ kind: fc.constant("file-use" as const), path, as: name }, { requiredKeys: ["kind", "path"] }),
  ),
);

export const witFile: fc.Arbitrary<WitFile> = fc.record(
  {
    package: annotated(declared, fc.record({ name: packageName })),
    items: few(
      fc.oneof(
        packageItem,
        annotated(
          declared,
          fc.record({ kind: fc.constant("package" as const), name: packageName, items: few(packageItem) }),
        ),
      ),
    ),
  },
  { requiredKeys: ["items"] },
);
