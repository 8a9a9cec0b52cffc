import { openContainer } from "@golem-kit/sdk/blobstore";

import type { Object as StoredObject } from "kit:tour-exports/sdk";

export async function blobStore(containerName: string, name: string, text: string): Promise<StoredObject> {
  using container = openContainer(containerName, { create: true });
  await container.put(name, text);
  const info = await container.info(name);
  const beginning = await container.bytes(name, { end: 5 });
  return {
    size: BigInt(info?.size ?? 0),
    beginning: new TextDecoder().decode(beginning),
    objects: (await Array.fromAsync(container.list())).toSorted(),
  };
}
