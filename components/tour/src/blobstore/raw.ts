import { createContainer } from "wasi:blobstore/blobstore";
import type { Container } from "wasi:blobstore/container";
import { OutgoingValue } from "wasi:blobstore/types";

import type { Object as StoredObject } from "kit:tour-exports/raw";

const BEGINNING = 5n;
const PAGE = 100n;

export function blobStore(containerName: string, name: string, text: string): StoredObject {
  using container = createContainer(containerName);
  write(container, name, new TextEncoder().encode(text));
  const { size } = container.objectInfo(name);
  return {
    size,
    beginning: read(container, name, size < BEGINNING ? size : BEGINNING),
    objects: list(container).toSorted(),
  };
}

function write(container: Container, name: string, bytes: Uint8Array): void {
  using value = OutgoingValue.newOutgoingValue();
  {
    using body = value.outgoingValueWriteBody();
    body.blockingWriteAndFlush(bytes);
  }
  container.writeData(name, value);
}

function read(container: Container, name: string, end: bigint): string {
  using value = container.getData(name, 0n, end);
  return new TextDecoder().decode(value.incomingValueConsumeSync());
}

function list(container: Container): string[] {
  using stream = container.listObjects();
  const found: string[] = [];
  for (let atEnd = false; !atEnd;) {
    const [names, isLast] = stream.readStreamObjectNames(PAGE);
    found.push(...names);
    atEnd = isLast;
  }
  return found;
}
