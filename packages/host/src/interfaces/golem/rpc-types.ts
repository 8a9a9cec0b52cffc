import { CANCEL } from "../../rpc/remote-calls.ts";
import { uuidHalves, uuidText, type UuidHalves } from "../../uuid.ts";
import { direct, type HostInterface } from "../host-interface.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const rpcTypes: HostInterface = {
  name: "golem:rpc/types",
  functions: {
    "parse-uuid": direct((_, text: string) =>
      UUID.test(text) ? { tag: "ok", val: uuidHalves(text) } : { tag: "err", val: `Not a UUID: ${text}` },
    ),
    "uuid-to-string": direct((_, uuid: UuidHalves) => uuidText(uuid)),
    "[method]cancellation-token.cancel": CANCEL,
  },
};
