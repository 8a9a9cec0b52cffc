/** Names of objects, handed out piece by piece. */
export class ObjectNames {
  readonly #names: readonly string[];
  #position = 0;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  read(count: bigint): [string[], boolean] {
    const names = this.#names.slice(this.#position, this.#position + Number(count));
    this.#position += names.length;
    return [names, this.#position >= this.#names.length];
  }

  skip(count: bigint): [bigint, boolean] {
    const [names, end] = this.read(count);
    return [BigInt(names.length), end];
  }
}
