import type { WitPosition } from "../ast.ts";
import { WitError } from "../wit-error.ts";
import { callsOf, type ExportedInterface, futureName, type Stub, usableTypes } from "./client-stub.ts";
import type { TypeRenames } from "./rename-types.ts";

/** A name that the generated client declares, and what of the callee it comes from. */
interface ClientName {
  readonly name: string;
  /** As a message names it: `the function \`get\`` */
  readonly from: string;
  readonly at?: WitPosition | undefined;
}

/** All that needs a name in a client. */
export interface ClientNames {
  /** Names of the platform's types. */
  readonly platform: readonly string[];
  /** Where types come from, and what they are called in the client. */
  readonly types: readonly (ExportedInterface & { readonly renames: TypeRenames | undefined })[];
  readonly stubs: readonly Stub[];
  readonly type: "durable" | "ephemeral";
  /** The callee's WIT, for messages. */
  readonly file: string;
}

/** @throws WitError `duplicate-name` at the second of two things of a callee that need one name in its client */
export function checkClientNames({ platform, types, stubs, type, file }: ClientNames): void {
  const ofPlatform = platform.map((name) => ({ name, from: "a type of the platform" }));
  const ofTypes = types.flatMap(({ declaration, renames }) =>
    usableTypes(declaration).map((name) => {
      const at = declaration.items.find((item) => "name" in item && item.name === name)?.at;
      return { name: renames?.get(name) ?? name, from: `the type \`${name}\``, at };
    }),
  );
  for (const one of stubs.flatMap(namesOfStub)) requireLowerCase(one, file);
  requireDistinct([...ofPlatform, ...ofTypes, ...stubs.flatMap(namesOfStub)], file);
  for (const stub of stubs) checkStub(stub, { type, file });
}

/** componentize-js writes resources of imports in lower case, and then does not find them. */
function requireLowerCase({ name, from, at }: ClientName, file: string): void {
  if (name === name.toLowerCase()) return;
  const problem = `whoever calls this component needs the resource \`${name}\` for ${from}, and componentize-js knows no resources with capital letters: write it in lower case`;
  throw new WitError("unsupported", problem, { file, at, text: name });
}

function namesOfStub({ name, from, at, functions }: Stub): readonly ClientName[] {
  const withResults = functions.filter(({ signature }) => signature.result !== undefined);
  const futures = withResults.map((each) => {
    return { name: futureName(each), from: `the result of \`${each.name}\` of ${from}`, at: each.at };
  });
  return [{ name, from, at }, ...futures];
}

/** Functions and parameters that clash with those that a client has beside. */
function checkStub(
  { functions, constructorParams, at }: Stub,
  { type, file }: Pick<ClientNames, "type" | "file">,
): void {
  const members = functions.flatMap((each) =>
    callsOf(each).map((call) => ({
      name: "name" in call ? call.name : "constructor",
      from: `the function \`${each.name}\``,
      at: each.at,
    })),
  );
  requireDistinct([{ name: "custom", from: "the client's own function `custom`" }, ...members], file);
  const own = type === "durable" ? ["worker-name", "worker-id"] : ["component-id"];
  const before = own.map((each) => parameter(each, "the client's own parameter"));
  requireDistinct(
    [...before, ...constructorParams.map((each) => parameter(each.name, "the constructor's parameter", at))],
    file,
  );
  for (const each of functions) {
    const given = each.signature.params.map((param) => parameter(param.name, "the parameter", each.at));
    requireDistinct([parameter("scheduled-for", "the client's own parameter"), ...given], file);
  }
}

function parameter(name: string, what: string, at?: WitPosition): ClientName {
  return { name, from: `${what} \`${name}\``, at };
}

function requireDistinct(names: readonly ClientName[], file: string): void {
  const known = new Map<string, ClientName>();
  for (const one of names) {
    const other = known.get(one.name);
    if (other !== undefined) throw clash(one, other, file);
    known.set(one.name, one);
  }
}

function clash({ name, from, at }: ClientName, other: ClientName, file: string): WitError {
  const both = other.from === from ? `${from} is there twice` : `${from} and ${other.from}`;
  const problem = `whoever calls this component needs the name \`${name}\` for two things, ${both}: rename one of them`;
  return new WitError("duplicate-name", problem, { file, at, text: name });
}
