import type { TestContext } from "vitest";

/** What a part of the campaign tried, in numbers, by what they are of. */
export type Figures = Readonly<Record<string, number>>;

declare module "vitest" {
  interface TaskMeta {
    /** For the table of the campaign. */
    figures?: Figures;
  }
}

/** Tells the campaign how much was tried. */
export function reportFigures({ task }: Pick<TestContext, "task">, figures: Figures): void {
  task.meta.figures = { ...task.meta.figures, ...figures };
}
