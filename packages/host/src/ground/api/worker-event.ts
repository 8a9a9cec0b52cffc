/** What happens in a worker: Golem's JSON, as its `connect` sends it. */
export type WorkerEvent =
  | { readonly InvocationStart: InvocationEvent }
  | { readonly InvocationFinished: InvocationEvent }
  | { readonly StdOut: OutputEvent }
  | { readonly StdErr: OutputEvent }
  | {
      readonly Log: {
        readonly timestamp: string;
        /** `Trace`, `Debug`, `Info`, `Warn`, `Error`, `Critical` */
        readonly level: string;
        readonly context: string;
        readonly message: string;
      };
    };

export interface InvocationEvent {
  readonly timestamp: string;
  readonly function: string;
  readonly idempotency_key: string;
}

export interface OutputEvent {
  readonly timestamp: string;
  readonly bytes: readonly number[];
}
