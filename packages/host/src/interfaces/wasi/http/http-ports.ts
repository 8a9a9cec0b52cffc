import type {
  AskingPort,
  CallsPort,
  ClockPort,
  DurabilityPort,
  IdentityPort,
  NetworkPort,
  TracingPort,
  WaitPort,
} from "../../ports.ts";

/** What HTTP reaches: the network, and no store, no file, no other worker. */
export type HttpPorts = IdentityPort &
  ClockPort &
  WaitPort &
  AskingPort &
  DurabilityPort &
  CallsPort &
  TracingPort &
  NetworkPort;
