import { ORDERS, ORDERS_MANIFEST, ORDERS_WIT, PRICING, SDK } from "./saved-application.ts";

/** A kind of save of which something comes. */
export interface SaveKind {
  readonly name: string;
  readonly path: string;
  /** The file with the edit of a number: each another content. */
  readonly edit: (original: string, number: number) => string;
  /** Whether orders get a new version, or what runs goes on. */
  readonly works: boolean;
}

const FUNCTION = "  get: func() -> order;";

/** All kinds; the one that works by its sources alone comes most often. */
export const SAVE_KINDS: readonly SaveKind[] = [
  {
    name: "good",
    path: ORDERS,
    edit: (text, number) =>
      text.replace("status, delivery, total,", `status, delivery, total: total + 0 * ${number},`),
    works: true,
  },
  {
    name: "broken",
    path: ORDERS,
    edit: (text, number) => text.replace("return lines.push(line);", `return lines.push(line; // ${number}`),
    works: false,
  },
  {
    name: "of a dependency",
    path: PRICING,
    edit: (_, number) => `export const factor = ${number + 2};\n`,
    works: true,
  },
  {
    name: "of the manifest",
    path: ORDERS_MANIFEST,
    edit: (text, number) => `${text}    env:\n      NUMBER: "${number}"\n`,
    works: true,
  },
  {
    name: "of a manifest that is wrong",
    path: ORDERS_MANIFEST,
    edit: (text, number) => `${text}    nonsense: ${number}\n`,
    works: false,
  },
  {
    name: "of WIT",
    path: ORDERS_WIT,
    // Two that take turns: each is built once, and then known.
    edit: (text, number) =>
      text.replace(
        FUNCTION,
        `${FUNCTION}\n\n  /// ${number % 2}\n  get-${number % 2 === 0 ? "even" : "odd"}: func() -> order;`,
      ),
    works: true,
  },
  {
    name: "of WIT that is wrong",
    path: ORDERS_WIT,
    edit: (text, number) => text.replace(FUNCTION, `  get: funk() -> order; // ${number}`),
    works: false,
  },
  {
    name: "of the SDK",
    path: SDK,
    edit: (text, number) => text.replace('operation: "result"', `operation: "result ${number}"`),
    works: true,
  },
];
