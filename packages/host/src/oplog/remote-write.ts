/** Something that changes what others can see, between its `BeginRemoteWrite` and its `EndRemoteWrite`. */
export interface RemoteWrite {
  /** Index of its `BeginRemoteWrite`. */
  readonly beginIndex: number;
  /** True if it was done before and is replayed: nothing of it may reach the outside world. */
  readonly recorded: boolean;
}
