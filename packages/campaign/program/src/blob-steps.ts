import {
  containerExists,
  copyObject,
  createContainer,
  deleteContainer,
  getContainer,
  moveObject,
} from "wasi:blobstore/blobstore";
import type { Container } from "wasi:blobstore/container";
import { OutgoingValue } from "wasi:blobstore/types";
import type { Steps } from "./step.ts";
import { toBytes, toText } from "./text.ts";

/** Golem takes no more in one write to a stream. */
const LARGEST_WRITE = 4096;

function opened(name: string): Container {
  return containerExists(name) ? getContainer(name) : createContainer(name);
}

function write(container: string, name: string, content: Uint8Array): void {
  const value = OutgoingValue.newOutgoingValue();
  const body = value.outgoingValueWriteBody();
  for (let start = 0; start < content.length; start += LARGEST_WRITE)
    body.blockingWriteAndFlush(content.slice(start, start + LARGEST_WRITE));
  body[Symbol.dispose]();
  opened(container).writeData(name, value);
}

function read(container: string, name: string, start: number, end: number): string {
  const found = getContainer(container).getData(name, BigInt(start), BigInt(end));
  return toText(found.incomingValueConsumeSync());
}

export const blobSteps: Steps = {
  "blob.create-container": (container: string) => createContainer(container).name(),
  "blob.get-container": (container: string) => getContainer(container).name(),
  "blob.container-exists": (container: string) => containerExists(container),
  "blob.delete-container": (container: string) => deleteContainer(container),
  "blob.clear": (container: string) => getContainer(container).clear(),
  "blob.write": (container: string, name: string, text: string) => write(container, name, toBytes(text)),
  /** So many times the same text. */
  "blob.write-many": (container: string, name: string, text: string, times: number) =>
    write(container, name, toBytes(text.repeat(times))),
  "blob.read": read,
  /** The whole object. */
  "blob.read-all": (container: string, name: string) =>
    read(container, name, 0, Number(getContainer(container).objectInfo(name).size)),
  "blob.size": (container: string, name: string) => Number(getContainer(container).objectInfo(name).size),
  "blob.has": (container: string, name: string) => getContainer(container).hasObject(name),
  "blob.delete": (container: string, name: string) => getContainer(container).deleteObject(name),
  "blob.delete-many": (container: string, names: string[]) => getContainer(container).deleteObjects(names),
  "blob.list": (container: string) => getContainer(container).listObjects().readStreamObjectNames(1_000n)[0],
  "blob.copy": (container: string, name: string, target: string) =>
    copyObject({ container, object: name }, { container, object: target }),
  "blob.move": (container: string, name: string, target: string) =>
    moveObject({ container, object: name }, { container, object: target }),
};
