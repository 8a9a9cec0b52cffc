import type { OrderLine } from "shop:orders-exports/api";

const TAX_PERCENT = 20;

/** The resource `invoice`: every handle that a caller holds is one of these. */
export class Invoice {
  readonly #number: string;
  #total = 0;

  constructor(number: string) {
    this.#number = number;
  }

  number(): string {
    return this.#number;
  }

  add({ price, quantity }: OrderLine): void {
    this.#total += price * quantity;
  }

  total(): number {
    return this.#total;
  }

  static taxOf(amount: number): number {
    return Math.round((amount * TAX_PERCENT) / (100 + TAX_PERCENT));
  }
}
