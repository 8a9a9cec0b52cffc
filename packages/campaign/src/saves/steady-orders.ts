import type { GolemClient, RestInvocation } from "@golem-kit/cli";
import type { WorkerId } from "@golem-kit/host";
import type { JsonTree } from "@golem-kit/wit";

const ADD = "shop:orders-exports/api.{add-line}";
const GET = "shop:orders-exports/api.{get}";

export interface OrdersPlan {
  readonly orders: number;
  /** Milliseconds between two calls of one order: what is recorded of each save is replayed at the next. */
  readonly pause: number;
}

/** Orders to which lines are added one after the other, each until it is acknowledged; nobody else calls them. */
export class SteadyOrders {
  readonly #client: GolemClient;
  readonly #componentId: string;
  readonly #pause: number;
  readonly #added = new Map<string, number>();
  readonly #running: Promise<void>;
  #ended = false;
  /** What was answered that should not have been. */
  readonly problems: string[] = [];

  constructor(client: GolemClient, componentId: string, { orders, pause }: OrdersPlan) {
    this.#client = client;
    this.#componentId = componentId;
    this.#pause = pause;
    const names = Array.from({ length: orders }, (_, at) => `order-${at}`);
    this.#running = Promise.all(names.map((name) => this.#add(name))).then(() => undefined);
    // Whoever ends is told.
    this.#running.catch(() => undefined);
  }

  /** Lines that were acknowledged. */
  get added(): number {
    return [...this.#added.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Ends the calls, and looks for every line that was acknowledged, once and in its place. */
  async end(): Promise<readonly string[]> {
    this.#ended = true;
    await this.#running;
    for (const [name, count] of this.#added) {
      const order = await this.get(name);
      const skus = order.lines.map(({ sku }) => sku);
      const wanted = Array.from({ length: count }, (_, at) => `line-${at}`);
      if (skus.join() !== wanted.join())
        this.problems.push(`${name} has ${skus.join()}, and ${count} lines were added`);
    }
    return this.problems;
  }

  /** An order as its worker answers it. */
  async get(
    name: string,
  ): Promise<{ readonly lines: readonly { readonly sku: string }[]; readonly total: number }> {
    const { value } = await this.#client.invokeAndAwait(this.#id(name), { function: GET, params: [] });
    return value[0] as unknown as {
      readonly lines: readonly { readonly sku: string }[];
      readonly total: number;
    };
  }

  async #add(name: string): Promise<void> {
    for (let count = 0; !this.#ended; count += 1) {
      const line: JsonTree = { sku: `line-${count}`, quantity: 1, price: 1 };
      const invocation: RestInvocation = {
        function: ADD,
        params: [line],
        idempotencyKey: `${name}-${count}`,
      };
      const { value } = await this.#client.invokeAndAwait(this.#id(name), invocation);
      const answer = JSON.stringify(value[0]);
      if (answer !== JSON.stringify({ ok: count + 1 }))
        this.problems.push(`${name} answered ${answer} to line ${count}`);
      this.#added.set(name, count + 1);
      await new Promise((resolve) => void setTimeout(resolve, this.#pause));
    }
  }

  #id(workerName: string): WorkerId {
    return { componentId: this.#componentId, workerName };
  }
}
