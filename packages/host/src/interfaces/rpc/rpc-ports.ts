import type {
  AskingPort,
  CallsPort,
  DurabilityPort,
  IdentityPort,
  RpcPort,
  TracingPort,
  WaitPort,
} from "../ports.ts";

/** What calls to other workers reach: no store, no file, no network. */
export type RpcPorts = IdentityPort &
  WaitPort &
  AskingPort &
  DurabilityPort &
  CallsPort &
  TracingPort &
  RpcPort;
