import { direct, type HostFunctions } from "../../host-interface.ts";
import type { ErrorCode } from "./error-code.ts";
import { type Fields, isToken } from "./fields.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import type { NoPorts } from "../../ports.ts";

/** `wasi:http/types.method`. */
export interface Method {
  readonly tag: string;
  readonly val?: string;
}

/** `wasi:http/types.scheme`. */
export interface Scheme {
  readonly tag: "HTTP" | "HTTPS" | "other";
  readonly val?: string;
}

/** `wasi:http/types.outgoing-request`. */
export interface OutgoingRequest {
  readonly headers: Fields;
  method: Method;
  pathWithQuery: string | undefined;
  scheme: Scheme | undefined;
  authority: string | undefined;
  body: OutgoingBody | undefined;
}

/** `wasi:http/types.request-options`: nanoseconds; `undefined` for the host's own. */
export interface RequestOptions {
  connectTimeout: bigint | undefined;
  firstByteTimeout: bigint | undefined;
  betweenBytesTimeout: bigint | undefined;
}

/** Where a request goes. */
export interface Target {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Host and port as the guest wrote them. */
  readonly authority: string;
  readonly path: string;
}

/** Visible characters; what is beyond ASCII has to be percent-encoded. */
const PATH = /^[\x21-\x7e]*$/;
const AUTHORITY = /^[^\s/?#@\\]+$/;

/** Where the request goes, or what is wrong with it. Depends on the request alone. */
export function targetOf({ scheme, authority, pathWithQuery, method }: OutgoingRequest): Target | ErrorCode {
  if (scheme?.tag === "other") return { tag: "HTTP-protocol-error" };
  // A tunnel has no response that could be read.
  if (method.tag === "connect") return { tag: "HTTP-request-method-invalid" };
  const secure = scheme?.tag !== "HTTP";
  const base = `${secure ? "https" : "http"}://${authority ?? ""}`;
  if (authority === undefined || !URL.canParse(base)) return { tag: "HTTP-request-URI-invalid" };
  const { hostname, port } = new URL(base);
  const path = pathWithQuery ?? "/";
  return {
    secure,
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (secure ? 443 : 80) : Number(port),
    authority,
    path: path === "" || path.startsWith("?") ? `/${path}` : path,
  };
}

/** `https://api.example.com`: without the scheme's own port, in lower case. */
export function originOf({ secure, authority }: Target): string {
  return new URL(`${secure ? "https" : "http"}://${authority}`).origin;
}

/** `GET` */
export function methodName({ tag, val }: Method): string {
  return tag === "other" ? (val ?? "") : tag.toUpperCase();
}

const OK = { tag: "ok", val: undefined };
const ERR = { tag: "err", val: undefined };

function set(valid: boolean, assign: () => void): unknown {
  if (!valid) return ERR;
  assign();
  return OK;
}

function isAuthority(text: string): boolean {
  return AUTHORITY.test(text) && URL.canParse(`http://${text}`);
}

export const OUTGOING_REQUEST_FUNCTIONS: HostFunctions<NoPorts> = {
  "[constructor]outgoing-request": direct((_, headers: Fields): OutgoingRequest => ({
    headers: headers.frozen(),
    method: { tag: "get" },
    pathWithQuery: undefined,
    scheme: undefined,
    authority: undefined,
    body: undefined,
  })),
  "[method]outgoing-request.body": direct((_, self: OutgoingRequest) => {
    if (self.body !== undefined) return ERR;
    self.body = new OutgoingBody(self.headers);
    return { tag: "ok", val: self.body };
  }),
  "[method]outgoing-request.method": direct((_, self: OutgoingRequest) => self.method),
  "[method]outgoing-request.set-method": direct((_, self: OutgoingRequest, method: Method) =>
    set(method.tag !== "other" || isToken(method.val ?? ""), () => {
      self.method = method;
    }),
  ),
  "[method]outgoing-request.path-with-query": direct((_, self: OutgoingRequest) => self.pathWithQuery),
  "[method]outgoing-request.set-path-with-query": direct(
    (_, self: OutgoingRequest, path: string | undefined) =>
      set(PATH.test(path ?? ""), () => {
        self.pathWithQuery = path;
      }),
  ),
  "[method]outgoing-request.scheme": direct((_, self: OutgoingRequest) => self.scheme),
  "[method]outgoing-request.set-scheme": direct((_, self: OutgoingRequest, scheme: Scheme | undefined) =>
    set(scheme?.tag !== "other" || /^[a-z][a-z0-9+.-]*$/i.test(scheme.val ?? ""), () => {
      self.scheme = scheme;
    }),
  ),
  "[method]outgoing-request.authority": direct((_, self: OutgoingRequest) => self.authority),
  "[method]outgoing-request.set-authority": direct(
    (_, self: OutgoingRequest, authority: string | undefined) =>
      set(authority === undefined || isAuthority(authority), () => {
        self.authority = authority;
      }),
  ),
  "[method]outgoing-request.headers": direct((_, self: OutgoingRequest) => self.headers),
  "[constructor]request-options": direct((): RequestOptions => ({
    connectTimeout: undefined,
    firstByteTimeout: undefined,
    betweenBytesTimeout: undefined,
  })),
  ...optionFunctions("connect-timeout", "connectTimeout"),
  ...optionFunctions("first-byte-timeout", "firstByteTimeout"),
  ...optionFunctions("between-bytes-timeout", "betweenBytesTimeout"),
};

function optionFunctions(name: string, key: keyof RequestOptions): HostFunctions<NoPorts> {
  return {
    [`[method]request-options.${name}`]: direct((_, self: RequestOptions) => self[key]),
    [`[method]request-options.set-${name}`]: direct((_, self: RequestOptions, duration: bigint | undefined) =>
      set(true, () => {
        self[key] = duration;
      }),
    ),
  };
}
