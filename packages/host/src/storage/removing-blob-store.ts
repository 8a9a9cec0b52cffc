import { BlobStore } from "./blob-store.ts";

/** As Golem 1.2 does it: a container that is cleared is gone. */
export class RemovingBlobStore extends BlobStore {
  override empty(container: string): void {
    this.deleteContainer(container);
  }
}
