import type { Plugin } from "rollup";

/**
 * What packages ask of a program that is made of files: the engine stops without a word at `import.meta.url` and at an import of a
 * module that is not there, and no `catch` sees it. In packages the one becomes `undefined`, the other a rejection. What a person
 * wrote stays, for a check to refuse.
 */
export const absentModules: Plugin = {
  name: "absent-modules",
  resolveImportMeta: (_, { moduleId }) => (isOfPackage(moduleId) ? "undefined" : null),
  renderDynamicImport: ({ moduleId, targetModuleId }) =>
    targetModuleId === null && isOfPackage(moduleId)
      ? { left: "((name) => Promise.reject(new Error(`a component has no module ${name}`)))(", right: ")" }
      : null,
};

export function isOfPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}
