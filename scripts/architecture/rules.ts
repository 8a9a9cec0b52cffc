import type { IRegularForbiddenRuleType } from "dependency-cruiser";

import { type Floor, hostFloors, importable, packages } from "./floors.ts";

/** A file of a package or component that is no test. */
const CODE = "^(packages|components)/[^/]+/(?!test/)";

/** Not by the name under which npm has linked it, which leads through its exports. */
const BY_PATH: Partial<IRegularForbiddenRuleType["to"]> = {
  dependencyTypes: ["local"],
  dependencyTypesNot: ["aliased"],
};

/**
 * Which imports are refused, as dependency-cruiser wants it: paths are regular expressions from the root of the
 * repository. The comments are what the message gives as the reason.
 *
 * The floors hold for what is no test. A test may import its own package's files, other packages and components by their
 * names, and the helpers of other tests; never the inside of another package.
 */
export const rules: readonly IRegularForbiddenRuleType[] = [
  refused("circle", {
    because:
      "Files that import one another, be it for types or later on, are one thing in several places: move what they share to a file below them.",
    from: {},
    to: { circular: true },
  }),
  ...hostFloors.map((floor) =>
    refused(`host-${floor.name}`, {
      because: reasonOf(hostFloors, floor, "floor"),
      from: { path: `^${floor.folder}/` },
      to: { path: "^packages/host/src/", pathNot: foldersOf(importable(hostFloors, floor), floor) },
    }),
  ),
  ...packages.map((floor) =>
    refused(`package-${floor.name}`, {
      because: reasonOf(packages, floor, "package"),
      from: { path: `^${floor.folder}/(?!test/)` },
      to: { path: "^packages/", pathNot: foldersOf(importable(packages, floor), floor) },
    }),
  ),
  refused("inside-of-another", {
    because:
      'A package or component is imported by its name, and offers what its "exports" list: what is behind them may change. Export what you need, or move it to where both see it.',
    from: { path: "^((packages|components)/[^/]+)/" },
    to: {
      path: "^(packages|components)/",
      pathNot: ["^$1/", "^(packages|components)/[^/]+/test/"],
      ...BY_PATH,
    },
  }),
  refused("inside-by-name", {
    because: 'A package offers what its "exports" list, and this is not among them.',
    from: {},
    to: { path: "^@golem-kit/", couldNotResolve: true },
  }),
  refused("inside-for-a-script", {
    because: "Scripts import packages by their names. Only what runs before anything is installed cannot.",
    from: { path: "^(scripts/|vitest[.]config[.]ts$)" },
    to: { path: "^(packages|components)/", pathNot: "^packages/cli/bin/run-on-node[.]mjs$", ...BY_PATH },
  }),
  refused("components-are-examples", {
    because: "Components are what a user replaces by their own: nothing may need them.",
    from: { path: "^(packages/[^/]+/(?!test/)|scripts/(?!test/))" },
    to: { path: "^components/" },
  }),
  refused("inside-a-component", {
    because: "The code of a component runs in WebAssembly: of the packages it has the SDK only.",
    from: { path: "^components/[^/]+/src/" },
    to: { path: "^packages/", pathNot: "^packages/sdk/" },
  }),
  refused("tests-are-for-tests", {
    because: "What tests share is not part of what is tested: move it out of test/.",
    from: { path: CODE },
    to: { path: "^(packages|components)/[^/]+/test/" },
  }),
  refused("scripts-are-above", {
    because: "Scripts are tools for this repository: packages and components work without them.",
    from: { path: CODE },
    to: { path: "^scripts/" },
  }),
];

interface Refusal {
  readonly because: string;
  readonly from: IRegularForbiddenRuleType["from"];
  readonly to: IRegularForbiddenRuleType["to"];
}

function refused(name: string, { because, from, to }: Refusal): IRegularForbiddenRuleType {
  return { name, severity: "error", comment: because, from, to };
}

function foldersOf(below: readonly Floor[], floor: Floor): string[] {
  return [...below, floor].map(({ folder }) => `^${folder}/`);
}

function reasonOf(floors: readonly Floor[], floor: Floor, kind: "floor" | "package"): string {
  const names = importable(floors, floor).map(({ name }) => name);
  const allowed = names.length === 0 ? `no other ${kind}` : `only from ${names.join(", ")} and itself`;
  return `The ${kind} ${floor.name} imports ${allowed}. ${floor.never} Move it down, or give it what it needs from above.`;
}
