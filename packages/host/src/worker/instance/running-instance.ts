import { setMaxListeners } from "node:events";

import type { HostContext } from "../../interfaces/ports.ts";
import type { GuestInstance } from "../../engine/guest-instance.ts";
import { GolemError } from "../../ground/golem-error.ts";
import type { WorkerFiles } from "../../filesystem/worker-files.ts";
import { bindImports } from "./bind.ts";
import { durableCaller, nextResponse } from "./durable-call.ts";
import type { RequestValue } from "../../interfaces/wasi/http/incoming-request.ts";
import { handleRequest } from "../../interfaces/wasi/http/outgoing-response.ts";
import { indexedParams } from "../../component/invocation-values.ts";
import type { InstanceImage } from "./instance-image.ts";
import type { InstanceOptions, InstanceSurroundings } from "./instance-options.ts";
import type { LoadedComponent } from "./loaded-component.ts";
import { DurableOperations } from "../../journal/durable-operations.ts";
import type { Journal } from "../../journal/journal.ts";
import { ResourceHandles } from "./resource-handles.ts";
import { Interruption } from "../../journal/interruption.ts";
import { Signal, type SignalReason } from "../../journal/signals.ts";
import { indexedResource } from "./indexed-resource.ts";
import { LimitGuard } from "./limit-guard.ts";
import { Pace } from "./pace.ts";
import { InstanceLog } from "./instance-log.ts";
import { type InvocationOrigin, Tracing } from "../../journal/tracing.ts";

/** Measured: bytes that an instance takes beside the guest's memory, for the glue around it. */
const GLUE_SIZE = 900_000;

/** A worker's instance with everything that belongs to it and dies with it. */
export class RunningInstance {
  readonly component: LoadedComponent;
  readonly #journal: Journal;
  readonly #operations: DurableOperations;
  readonly #tracing: Tracing;
  readonly #handles: ResourceHandles;
  readonly #options: InstanceOptions;
  readonly #ended = new AbortController();
  /** The instance's own file system. */
  readonly files: WorkerFiles;
  #instance: GuestInstance | undefined;
  readonly #interruption = new Interruption();
  readonly #log: InstanceLog;
  #pace: Pace | undefined;

  private constructor(
    component: LoadedComponent,
    journal: Journal,
    { workerId, files }: Pick<InstanceSurroundings, "workerId" | "files">,
    options: InstanceOptions,
  ) {
    this.component = component;
    this.#journal = journal;
    this.files = files;
    this.#options = options;
    this.#operations = new DurableOperations(journal, this.#interruption, options.strict !== undefined);
    this.#tracing = new Tracing(journal, workerId);
    this.#handles = new ResourceHandles(journal);
    this.#log = new InstanceLog(journal);
  }

  static async create(
    component: LoadedComponent,
    journal: Journal,
    surroundings: InstanceSurroundings,
    options: InstanceOptions,
  ): Promise<RunningInstance> {
    const running = new RunningInstance(component, journal, surroundings, options);
    // As many as there are connections may listen to it.
    setMaxListeners(0, running.#ended.signal);
    const context: HostContext = {
      ...surroundings,
      durability: running.#operations,
      tracing: running.#tracing,
      log: (level, logContext, message) => running.#log.write(level, logContext, message),
      wait: (promise, reason) => running.#wait(promise, reason),
      call: (fn, ...args) => callDurable(fn, ...args),
      nextResponse: (fn) => nextResponse(fn, journal),
      whenLive: (action) => journal.whenLive(action),
      ended: running.#ended.signal,
      notYet: (asked, ...changes) => pace.notYet(asked, changes),
      there: (asked) => pace.there(asked),
      exit: () => {
        throw new Signal({ type: "exit" });
      },
      suspend: () => {
        throw new Signal({ type: "suspend" });
      },
      suspendUntil: (at) => running.#suspendUntil(at, surroundings.now()),
    };
    const callDurable = durableCaller(context, journal);
    const imports = bindImports(component.world, component.lookup, context, journal, () => pace.called());
    const pace = new Pace({
      turns: options.turns,
      guard:
        options.limits &&
        new LimitGuard(options.limits, {
          journal,
          usage: surroundings.files.usage,
          resources: imports.resources,
          memorySize: () => running.memorySize,
        }),
      interruption: running.#interruption,
      journal,
      notice: options.notice,
      yieldSoon: () => running.#instance?.yieldSoon(),
    });
    running.#pace = pace;
    try {
      const instance = await options.makeGuest(imports, running.#handles, pace);
      running.#instance = instance;
      journal.watchMemory(() => instance.memorySize);
      return running;
    } catch (error) {
      running.release();
      throw error;
    }
  }

  /** True if it is for one invocation only. */
  get isEphemeral(): boolean {
    return this.component.component.componentType === "Ephemeral";
  }

  get componentSize(): number {
    return this.component.component.componentSize;
  }

  /** Bytes that it takes, about: the guest's memory, and the engine's own of it. */
  get memorySize(): number {
    return (this.#instance?.memorySize ?? 0) + GLUE_SIZE;
  }

  /** Handles of the host's resources that the guest holds, by kind: `wasi:io/poll#pollable`. */
  get handles(): Readonly<Record<string, number>> {
    return this.#instance?.handles ?? {};
  }

  /** Why nobody can tell what it is; `undefined` if it can be told. Only between two invocations. */
  get obstacle(): string | undefined {
    if (this.isEphemeral) return "it is ephemeral";
    if (this.#interruption.reason !== undefined) return "it is being stopped";
    if (this.#handles.size > 0) return "callers hold resources of it";
    if (this.files.isUsed) return "it has used its file system";
    return this.#instance === undefined ? "it is not there yet" : this.#instance.obstacle;
  }

  /** What those before have left in it, for an instance that goes on from there. Only where there is no obstacle. */
  capture(): InstanceImage {
    if (this.#instance === undefined) throw new Error("The instance is not there yet");
    const { idempotenceMode, persistenceLevel } = this.#operations;
    const { forwardHeaders } = this.#tracing;
    return {
      guest: this.#instance.capture(),
      idempotenceMode,
      persistenceLevel,
      forwardHeaders,
      nextHandle: this.#handles.next,
    };
  }

  /** Makes this fresh instance what another one was. @throws Error if that was one of other code */
  restore({ guest, idempotenceMode, persistenceLevel, forwardHeaders, nextHandle }: InstanceImage): void {
    this.#instance?.restore(guest);
    this.#operations.idempotenceMode = idempotenceMode;
    this.#operations.persistenceLevel = persistenceLevel;
    this.#tracing.forwardHeaders = forwardHeaders;
    this.#handles.next = nextHandle;
  }

  /** What the guest wrote to its standard error during the last invocation; of much the end. */
  get stderr(): string {
    return this.#log.stderr;
  }

  /** Why a call cannot be made at all: nothing exports the function, or it names a resource that cannot be. */
  refusal(functionName: string, params: readonly unknown[]): GolemError | undefined {
    try {
      const target = this.component.export(functionName);
      if (target.indexed !== null) indexedParams(target.indexed);
      this.#handles.assertKnown(target, params);
      return undefined;
    } catch (error) {
      if (error instanceof GolemError) return error;
      throw error;
    }
  }

  /** Calls an exported function; anything thrown ends this instance. */
  async call(functionName: string, params: readonly unknown[], origin: InvocationOrigin): Promise<unknown> {
    this.#operations.beginInvocation(origin.idempotencyKey);
    this.#tracing.beginInvocation(functionName, origin);
    this.#log.begin();
    this.#pace?.begin();
    const instance = this.#instance;
    if (instance === undefined) throw new Error("The instance is not there yet");
    const target = this.component.export(functionName);
    const handler = this.component.httpHandler(target);
    if (handler !== undefined)
      return handleRequest(params[0] as RequestValue, (...both) => instance.call(handler, both));
    if (target.indexed === null) return instance.call(target, params);
    const self = await indexedResource(instance, target, target.indexed, this.#handles);
    return target.kind === "constructor" ? self : instance.call(target.indexed.direct, [self, ...params]);
  }

  /** Ends what the guest does, at its next host call or in the one that waits now. */
  stop(reason: SignalReason): void {
    this.#interruption.end(reason);
  }

  /** The instance is not used any more: gives back what it holds outside its memory. */
  release(): void {
    this.#journal.watchMemory(undefined);
    this.#ended.abort();
    this.#pace?.release();
    this.files.close();
  }

  /** Why the instance was told to end, if it was. */
  get stopReason(): SignalReason | undefined {
    return this.#interruption.reason;
  }

  async #wait<T>(promise: Promise<T>, reason: "inside" | "outside" = "outside"): Promise<T> {
    this.#pace?.waits();
    return this.#options.activity.waiting(this.#interruption.orEnd(promise), reason);
  }

  #suspendUntil(at: bigint, now: bigint): void {
    if (at - now < BigInt(this.#options.suspendAfter) * 1_000_000n) return;
    // It could not come back.
    if (this.isEphemeral) return;
    // Coming back would begin the region anew, with a new sleep.
    if (this.#journal.state.openRegions.any) return;
    throw new Signal({ type: "suspend", wakeAt: Number(at / 1_000_000n) });
  }
}
