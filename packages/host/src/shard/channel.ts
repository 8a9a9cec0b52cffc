import { Attention } from "./attention.ts";
import { GolemError, type GolemErrorCase } from "../ground/golem-error.ts";
import { StorageError } from "../ground/storage-error.ts";

/** What a channel needs of a `MessagePort` or a `Worker`. */
export interface Port {
  postMessage(message: unknown): void;
}

/** Operations that one side offers to the other: methods whose arguments and results can be cloned. */
type Operations<T> = { readonly [Name in keyof T]: (...args: never[]) => unknown };

type Message =
  | { readonly type: "call"; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: "value"; readonly id: number; readonly value: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: WireError };

interface WireError {
  readonly golem?: GolemErrorCase;
  /** Of a `StorageError`. */
  readonly isDamage?: boolean;
  /** If it is the host's disk. */
  readonly cause?: WireError;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

interface OpenCall {
  readonly message: Message;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Calls in both directions between two threads. Errors arrive as what they were thrown as, as far as callers care. */
export class Channel<Remote extends Operations<Remote>> {
  #port: Port;
  #served: readonly object[] = [];
  readonly #open = new Map<number, OpenCall>();
  #nextId = 0;
  #ended: Error | undefined;
  readonly #attention = new Attention();

  constructor(port: Port) {
    this.#port = port;
  }

  /** Offers the methods of these to the other side. */
  serve(...served: readonly object[]): void {
    this.#served = served;
  }

  call<Name extends keyof Remote & string>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const message: Message = { type: "call", id: this.#nextId, name, args };
      this.#nextId += 1;
      this.#open.set(message.id, { message, resolve: resolve as (value: unknown) => void, reject });
      this.#port.postMessage(message);
      this.#attention.expect();
    });
  }

  /** To be called with every message of the port. */
  receive(data: unknown): void {
    this.#attention.met();
    const message = data as Message;
    if (message.type === "call") {
      this.#answer(message.id, message.name, message.args);
      return;
    }
    const open = this.#open.get(message.id);
    this.#open.delete(message.id);
    if (message.type === "value") open?.resolve(message.value);
    else open?.reject(fromWire(message.error));
  }

  /** Sends everything that has no answer yet to a new port: the other side was lost and began anew. */
  reconnect(port: Port): void {
    this.#port = port;
    for (const { message } of this.#open.values()) port.postMessage(message);
  }

  /** True if the other side owes an answer. */
  get isWaiting(): boolean {
    return this.#open.size > 0;
  }

  /** Fails every open call. */
  fail(reason: Error): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of open) reject(reason);
  }

  /** Fails every open call and all that follow. */
  end(reason: Error): void {
    this.#ended = reason;
    this.fail(reason);
  }

  #answer(id: number, name: string, args: readonly unknown[]): void {
    const port = this.#port;
    // Who asked through a port that is lost does not wait any more, and its successor asks other questions.
    const send = (message: Message): void => {
      if (this.#ended !== undefined || port !== this.#port) return;
      port.postMessage(message);
      this.#attention.expect();
    };
    try {
      const operations = this.#served.find((each) => name in each);
      const operation: unknown = operations && Reflect.get(operations, name);
      if (typeof operation !== "function") throw new Error(`Unknown operation ${name}`);
      const result: unknown = Reflect.apply(operation, operations, args);
      if (result instanceof Promise) {
        result.then(
          (value: unknown) => send({ type: "value", id, value }),
          (error: unknown) => send({ type: "error", id, error: toWire(error) }),
        );
      } else send({ type: "value", id, value: result });
    } catch (error) {
      send({ type: "error", id, error: toWire(error) });
    }
  }
}

function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: undefined };
  const wire = { name: error.name, message: error.message, stack: error.stack };
  if (error instanceof StorageError) return { ...wire, isDamage: error.isDamage };
  if (!(error instanceof GolemError)) return wire;
  const { detail: golem, cause } = error;
  return cause instanceof StorageError ? { ...wire, golem, cause: toWire(cause) } : { ...wire, golem };
}

function fromWire(wire: WireError): Error {
  const { golem, cause, isDamage, name, message, stack } = wire;
  if (golem !== undefined) return new GolemError(golem, cause && { cause: fromWire(cause) });
  if (isDamage !== undefined) return new StorageError(message, { isDamage });
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
