import { bindUdp, connect, lookup as addressesOf } from "@golem-kit/sdk/sockets";

const LOOPBACK = "127.0.0.1";

export async function tcp(port: number, text: string): Promise<string> {
  using connection = await connect({ host: LOOPBACK, port });
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  return await new Response(connection.readable).text();
}

export async function udp(port: number, text: string): Promise<string> {
  using socket = await bindUdp();
  await socket.connect({ host: LOOPBACK, port });
  await socket.send(new TextEncoder().encode(text));
  const { data } = await socket.receive();
  return new TextDecoder().decode(data);
}

export async function lookup(name: string): Promise<string[]> {
  return addressesOf(name);
}
