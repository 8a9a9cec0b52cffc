/** Puts members on an object as the web's own are: writable, and seen by nobody who lists them. */
export function define(target: object, members: Readonly<Record<PropertyKey, unknown>>): void {
  for (const name of Reflect.ownKeys(members)) {
    Object.defineProperty(target, name, {
      configurable: true,
      writable: true,
      value: Reflect.get(members, name),
    });
  }
}

/** Puts getters on an object. */
export function defineGetters(target: object, getters: Readonly<Record<string, () => unknown>>): void {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(target, name, { configurable: true, enumerable: true, get });
  }
}
