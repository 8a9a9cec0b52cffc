import { setTimeout as delay } from "node:timers/promises";
import type { ProgramServer } from "../program-server.ts";
import { Latencies } from "./latencies.ts";

/** Workers that are made at the same time. */
const MADE_AT_ONCE = 16;

/** Workers that are called one after the other, at a steady rate: however long an answer takes, the next call is sent. */
export class SteadyLoad {
  readonly #program: ProgramServer;
  readonly #answers: ReadonlyMap<string, number[]>;
  readonly #failures: string[] = [];
  #calls = 0;

  private constructor(program: ProgramServer, workers: number) {
    this.#program = program;
    const names = Array.from({ length: workers }, (_, at) => `neighbour-${at}`);
    this.#answers = new Map(names.map((name) => [name, []]));
  }

  /** Makes the workers, by a call of each. */
  static async begin(program: ProgramServer, workers: number): Promise<SteadyLoad> {
    const load = new SteadyLoad(program, workers);
    let left = workers;
    const lane = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await load.#call();
      }
    };
    await Promise.all(Array.from({ length: MADE_AT_ONCE }, lane));
    return load;
  }

  /** The name of a worker, another one each time. */
  get someName(): string {
    return [...this.#answers.keys()][this.#calls % this.#answers.size] ?? "";
  }

  /**
   * Resolves when all are answered, or have failed.
   *
   * @param rate calls a second
   * @returns how long they took since they were due
   */
  async run(calls: number, rate: number): Promise<Latencies> {
    const latencies = new Latencies();
    const begun = performance.now();
    const underWay: Promise<void>[] = [];
    for (let call = 0; call < calls; call += 1) {
      const due = begun + (call * 1_000) / rate;
      await delay(Math.max(0, due - performance.now()));
      underWay.push(this.#call().then(() => latencies.note(performance.now() - due)));
    }
    await Promise.all(underWay);
    return latencies;
  }

  /** What was not answered, and which calls were lost or done twice. */
  get problems(): readonly string[] {
    const wrong = [...this.#answers]
      .filter(([, answers]) => answers.toSorted((a, b) => a - b).some((answer, at) => answer !== at + 1))
      .map(([name, answers]) => `${name} has answered ${answers.join(", ")}`);
    return [...this.#failures, ...wrong];
  }

  /** Each call of a worker is answered with how many there were. */
  async #call(): Promise<void> {
    const name = this.someName;
    this.#calls += 1;
    try {
      const [answer] = await this.#program.worker(name).run([["add", 1]]);
      this.#answers.get(name)?.push(Number(answer));
    } catch (error) {
      this.#failures.push(`A call of ${name} has failed: ${String(error)}`);
    }
  }
}
