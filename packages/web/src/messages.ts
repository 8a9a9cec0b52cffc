import { define } from "./define.ts";

/** One end of a {@link MessageChannel}. What is posted is cloned at once, and delivered when the other end has been started. */
class MessagePort extends EventTarget {
  #other: MessagePort | undefined;
  readonly #waiting: unknown[] = [];
  #started = false;
  #listener: ((event: Event) => void) | null = null;

  static entangle(first: MessagePort, second: MessagePort): void {
    first.#other = second;
    second.#other = first;
  }

  get onmessage(): ((event: Event) => void) | null {
    return this.#listener;
  }

  /** Starts the port. */
  set onmessage(listener: ((event: Event) => void) | null) {
    if (this.#listener !== null) this.removeEventListener("message", this.#listener);
    this.#listener = listener;
    if (listener !== null) this.addEventListener("message", listener);
    this.start();
  }

  postMessage(message: unknown): void {
    const other = this.#other;
    if (other === undefined) return;
    other.#waiting.push(structuredClone(message));
    other.#deliver();
  }

  start(): void {
    this.#started = true;
    this.#deliver();
  }

  close(): void {
    const other = this.#other;
    this.#other = undefined;
    if (other !== undefined) other.#other = undefined;
  }

  #deliver(): void {
    if (!this.#started) return;
    for (const data of this.#waiting.splice(0)) {
      setTimeout(() => {
        const event = new Event("message");
        define(event, { data });
        this.dispatchEvent(event);
      });
    }
  }
}

/** The web's `MessageChannel`, within one worker: ports are not transferred. */
class MessageChannel {
  readonly port1 = new MessagePort();
  readonly port2 = new MessagePort();

  constructor() {
    MessagePort.entangle(this.port1, this.port2);
  }
}

define(globalThis, { MessageChannel, MessagePort });
