import type { ExportedFunction, IndexedResource } from "../../component/find-export.ts";
import { indexedParams } from "../../component/invocation-values.ts";
import type { GuestInstance, ResourceHandle } from "../../engine/guest-instance.ts";
import type { ResourceHandles } from "./resource-handles.ts";

/** The resource that a function name tells by its constructor's arguments: it is made when it is first named. */
export async function indexedResource(
  instance: GuestInstance,
  { resource, exportKey }: ExportedFunction,
  indexed: IndexedResource,
  handles: ResourceHandles,
): Promise<ResourceHandle> {
  if (resource === null) throw new Error("Not an indexed resource");
  const known = handles.indexed(resource, indexed.arguments);
  if (known !== undefined) return known;
  const { constructedBy } = indexed;
  const { params } = constructedBy;
  const constructor = {
    exportKey,
    function: constructedBy,
    kind: "constructor",
    resource,
    indexed: null,
    params,
  } as const;
  const handle = (await instance.call(constructor, indexedParams(indexed))) as ResourceHandle;
  handles.describe(handle, resource, indexed.arguments);
  return handle;
}
