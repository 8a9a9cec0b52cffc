type Globals = Pick<
  typeof globalThis,
  | "BigInt64Array"
  | "BigUint64Array"
  | "Float32Array"
  | "Float64Array"
  | "Int8Array"
  | "Int16Array"
  | "Int32Array"
  | "Uint8Array"
  | "Uint8ClampedArray"
  | "Uint16Array"
  | "Uint32Array"
>;

/**
 * Lets `instanceof Uint8Array`, and of other arrays of numbers, recognise what the bindings make: they live in a realm of
 * their own, with constructors of their own, so that bytes from the platform would pass for no bytes.
 *
 * Runs inside the component, while it is built: it is put there as text, and may use nothing but its parameter.
 */
export function recogniseForeignArrays(globals: Globals): void {
  const { Int8Array, Int16Array, Int32Array, Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array } =
    globals;
  const { BigInt64Array, BigUint64Array, Float32Array, Float64Array } = globals;
  const signed = [Int8Array, Int16Array, Int32Array, BigInt64Array, Float32Array, Float64Array];
  const unsigned = [Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array, BigUint64Array];
  const common = Object.getPrototypeOf(Uint8Array.prototype) as object;
  // The name of an array of any realm; `undefined` for anything else.
  const nameOf = (value: unknown): unknown => Reflect.get(common, Symbol.toStringTag, value);

  for (const type of [...signed, ...unsigned]) {
    Object.defineProperty(type, Symbol.hasInstance, {
      configurable: true,
      value(this: unknown, value: unknown): boolean {
        if (this === type) return nameOf(value) === type.name;
        return Function.prototype[Symbol.hasInstance].call(this, value);
      },
    });
  }
}
