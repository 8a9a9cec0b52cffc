import type { WitFile, WitInterfaceItem, WitPackageName } from "../ast.ts";
import { clientPackageName, exportsPackageName, packageFolder } from "./main-package.ts";

/**
 * A component that calls itself uses its own exports twice: it implements them, and its client needs their types. As one
 * interface they would be imported with all their functions, which nobody offers. So the client gets its types from a copy,
 * as from the exports of another component.
 *
 * @param files by path, with the component's own one among them
 * @param own the component's package
 */
export function withTypesForItself(
  files: ReadonlyMap<string, WitFile>,
  own: WitPackageName,
): ReadonlyMap<string, WitFile> {
  const [exported, client] = [exportsPackageName(own), clientPackageName(own)];
  const copied = { ...exported, name: `${own.name}-own-exports` };
  const isOf = ({ package: declared }: WitFile, owner: WitPackageName): boolean =>
    declared !== undefined && isSame(declared.name, owner);
  if (![...files.values()].some((file) => isOf(file, client))) return files;
  return new Map(
    Array.from(files, ([path, file]): [string, WitFile][] => {
      if (isOf(file, client)) return [[path, usingCopy(file, exported, copied)]];
      if (!isOf(file, exported) || file.package === undefined) return [[path, file]];
      const copy = { ...usingCopy(file, exported, copied), package: { ...file.package, name: copied } };
      const copyPath = path.replace(packageFolder(exported), packageFolder(copied));
      return [
        [path, file],
        [copyPath, copy],
      ];
    }).flat(),
  );
}

function usingCopy(file: WitFile, exported: WitPackageName, copied: WitPackageName): WitFile {
  const redirect = (item: WitInterfaceItem): WitInterfaceItem =>
    item.kind === "use" && item.path.package !== undefined && isSame(item.path.package, exported)
      ? { ...item, path: { ...item.path, package: copied } }
      : item;
  return {
    ...file,
    items: file.items.map((item) =>
      item.kind === "interface" ? { ...item, items: item.items.map(redirect) } : item,
    ),
  };
}

function isSame(name: WitPackageName, other: WitPackageName): boolean {
  return name.namespace === other.namespace && name.name === other.name;
}
