import { SdkError } from "../sdk-error.ts";
import { requireFunction } from "./require-function.ts";

/** How a setting of the worker is read and written. */
interface SettingAccess<Value> {
  /** As users know it: `setRetryPolicy`. */
  readonly setter: string;
  readonly read: () => Value;
  readonly write: (value: Value) => void;
}

/**
 * A setting of the whole worker that scopes change. The scope that began last and is still open decides; when the last
 * one ends, the setting is what it was before the first. Scopes may end in any order.
 */
export class ScopedSetting<Value> {
  readonly #access: SettingAccess<Value>;
  readonly #open: { readonly value: Value }[] = [];
  #before: Value | undefined;

  constructor(access: SettingAccess<Value>) {
    this.#access = access;
  }

  get value(): Value {
    return this.#access.read();
  }

  /** Changes the setting for good. @throws SdkError `scope-open` */
  set(value: Value): void {
    if (this.#open.length > 0) {
      throw new SdkError({
        code: "scope-open",
        operation: this.#access.setter,
        message: `${this.#access.setter} was called inside a scope that will restore the former value at its end. Call it outside, or begin another scope.`,
      });
    }
    this.#access.write(value);
  }

  /** Changes the setting until what is returned is disposed of; the second time does nothing. */
  enter(change: (current: Value) => Value): Disposable {
    const current = this.value;
    const scope = { value: change(current) };
    if (this.#open.length === 0) this.#before = current;
    this.#access.write(scope.value);
    this.#open.push(scope);
    return { [Symbol.dispose]: () => this.#leave(scope) };
  }

  #leave(scope: { readonly value: Value }): void {
    const at = this.#open.indexOf(scope);
    if (at < 0) return;
    const decided = at === this.#open.length - 1;
    this.#open.splice(at, 1);
    // What another scope has set since stays.
    if (decided) this.#access.write(this.#open.at(-1)?.value ?? (this.#before as Value));
  }
}

/** Runs `body` in a scope that is made for it, and ends the scope whatever happens. */
export async function within<T>(
  operation: string,
  enter: () => Disposable,
  body: () => T | Promise<T>,
): Promise<T> {
  requireFunction(operation, body);
  using _scope = enter();
  return await body();
}
