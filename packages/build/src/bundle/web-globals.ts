/** What the engine has of the web's API, but in part wrong, or not whole. */
interface WebGlobals {
  readonly AbortController: typeof AbortController;
  readonly AbortSignal: typeof AbortSignal;
  readonly DOMException: typeof DOMException;
  readonly ReadableStream: typeof ReadableStream;
  readonly Request: typeof Request;
  readonly Response: typeof Response;
}

/**
 * Mends what the types of the web's API promise and the engine does not keep: `AbortSignal.any` tells nobody,
 * `AbortSignal.abort` wants a reason, `throwIfAborted` does not throw; a `ReadableStream` cannot be read by `for await`; and
 * `bytes()` is missing of messages.
 *
 * Runs inside the component, while it is built: it is put there as text, and may use nothing but its parameter.
 */
export function mendWebGlobals({
  AbortController,
  AbortSignal,
  DOMException,
  ReadableStream,
  Request,
  Response,
}: WebGlobals): void {
  const define = (target: object, members: Readonly<Record<PropertyKey, unknown>>): void => {
    for (const name of Reflect.ownKeys(members)) {
      Object.defineProperty(target, name, { configurable: true, writable: true, value: members[name] });
    }
  };

  define(AbortSignal, {
    abort(reason: unknown = new DOMException("This operation was aborted", "AbortError")): AbortSignal {
      const controller = new AbortController();
      controller.abort(reason);
      return controller.signal;
    },
    any(signals: Iterable<AbortSignal>): AbortSignal {
      const all = [...signals];
      const controller = new AbortController();
      const follow = (signal: AbortSignal): void => {
        for (const each of all) each.removeEventListener("abort", notice);
        controller.abort(signal.reason);
      };
      const notice = ({ target }: Event): void => follow(target as AbortSignal);
      const aborted = all.find((each) => each.aborted);
      if (aborted !== undefined) follow(aborted);
      else for (const each of all) each.addEventListener("abort", notice);
      return controller.signal;
    },
  });

  define(AbortSignal.prototype, {
    throwIfAborted(this: AbortSignal): void {
      if (this.aborted) throw this.reason;
    },
  });

  function values(this: ReadableStream, { preventCancel = false } = {}): AsyncIterableIterator<unknown> {
    const reader = this.getReader();
    let held = true;
    const release = (): void => {
      held = false;
      reader.releaseLock();
    };
    return {
      async next() {
        if (!held) return { done: true, value: undefined };
        let ended = true;
        try {
          const { done, value } = await reader.read();
          ended = done;
          return { done, value } as IteratorResult<unknown>;
        } finally {
          if (ended) release();
        }
      },
      async return(value: unknown) {
        if (held && !preventCancel) await reader.cancel(value);
        if (held) release();
        return { done: true, value };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
  define(ReadableStream.prototype, { values, [Symbol.asyncIterator]: values });

  async function bytes(this: Request | Response): Promise<Uint8Array> {
    return new Uint8Array(await this.arrayBuffer());
  }
  define(Request.prototype, { bytes });
  define(Response.prototype, { bytes });
}
