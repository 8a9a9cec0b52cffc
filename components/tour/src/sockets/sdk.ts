import { timeout } from "@golem-kit/sdk/clock";
import { bindUdp, connect, lookup as addressesOf, type TcpConnection } from "@golem-kit/sdk/sockets";

const LOOPBACK = "127.0.0.1";

/** How long another side may take. */
const PATIENCE = "2 min";

export async function tcp(port: number, text: string): Promise<string> {
  using connection = await timeout(PATIENCE, (signal) => connect({ host: LOOPBACK, port }, { signal }));
  return await timeout(PATIENCE, echo(connection, text));
}

async function echo({ readable, writable }: TcpConnection, text: string): Promise<string> {
  const writer = writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  return new Response(readable).text();
}

export async function udp(port: number, text: string): Promise<string> {
  using socket = await bindUdp();
  await socket.connect({ host: LOOPBACK, port });
  await socket.send(new TextEncoder().encode(text));
  const { data } = await timeout(PATIENCE, (signal) => socket.receive({ signal }));
  return new TextDecoder().decode(data);
}

export function lookup(name: string): Promise<string[]> {
  return timeout(PATIENCE, (signal) => addressesOf(name, { signal }));
}
