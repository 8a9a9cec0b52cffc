/** TCP, UDP and name lookup. Sockets are not durable; only lookups are recorded. */
export { isStreamError, StreamError, type StreamErrorCode } from "./io/stream-error.ts";
export type { Bytes } from "./bytes.ts";
export type { SocketAddress } from "./sockets/address.ts";
export { lookup, type SocketOptions } from "./sockets/lookup.ts";
export { isSocketError, SocketError, type SocketErrorCode } from "./sockets/socket-error.ts";
export { connect, listen, type ConnectOptions, type ListenOptions } from "./sockets/tcp.ts";
export { TcpConnection } from "./sockets/tcp-connection.ts";
export { TcpListener } from "./sockets/tcp-listener.ts";
export type { TcpOptions, TcpSettings } from "./sockets/tcp-options.ts";
export { bindUdp } from "./sockets/udp.ts";
export { UdpSocket, type Datagram, type UdpOptions } from "./sockets/udp-socket.ts";
