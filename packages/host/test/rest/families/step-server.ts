import { bodyOf, type Handler, Origin } from "../../http/origin.ts";
import type { RestComponent } from "../rest-host.ts";
import type { RestWorker } from "../rest-worker.ts";

/** What Golem's scenarios of durability call: it asks for a step to fail some times, and notes what is done to it. */
export class StepServer implements AsyncDisposable {
  /** The bodies of the side effects, in order. */
  readonly effects: string[] = [];
  readonly #origin: Origin;

  private constructor(origin: Origin) {
    this.#origin = origin;
  }

  /** @param failures how often each step is to fail, by its number */
  static async open(failures: Readonly<Record<number, number>>): Promise<StepServer> {
    const steps = [1, 2, 3, 4].map((step): readonly [string, Handler] => [
      `/step/${step}`,
      (_, response) => response.end(String(server.#origin.count(`/step/${step}`) <= (failures[step] ?? 0))),
    ]);
    const effect: Handler = async (request, response) => {
      server.effects.push(await bodyOf(request));
      response.end("OK");
    };
    const server = new StepServer(
      await Origin.open({ ...Object.fromEntries(steps), "/side-effect": effect }),
    );
    return server;
  }

  /** A worker that finds this server by its environment. */
  worker(component: RestComponent, name: string): Promise<RestWorker> {
    return workerOf(component, name, this.#origin);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#origin[Symbol.asyncDispose]();
  }
}

/** A worker that finds the server by its environment. */
export async function workerOf(component: RestComponent, name: string, origin: Origin): Promise<RestWorker> {
  const port = new URL(origin.url("/")).port;
  const { status, body } = await component.create(name, [], { PORT: port });
  if (status !== 200) throw new Error(`${name} was not created: ${JSON.stringify(body)}`);
  return component.worker(name);
}
