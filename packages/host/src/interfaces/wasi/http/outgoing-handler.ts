import { direct, type HostInterface } from "../../host-interface.ts";
import { FutureResponse } from "./future-response.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import { type OutgoingRequest, type RequestOptions, targetOf } from "./outgoing-request.ts";
import type { HttpPorts } from "./http-ports.ts";

export const outgoingHandler: HostInterface<HttpPorts> = {
  name: "wasi:http/outgoing-handler",
  functions: {
    handle: direct((context, request: OutgoingRequest, options: RequestOptions | undefined) => {
      const target = targetOf(request);
      if ("tag" in target) return { tag: "err", val: target };
      return { tag: "ok", val: new FutureResponse(new OutgoingCall(context, request, target, options)) };
    }),
  },
};
