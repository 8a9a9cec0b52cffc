import { isSdkError } from "@golem-kit/sdk";
import { sleep } from "@golem-kit/sdk/clock";
import { bindUdp, connect, isSocketError, listen, lookup, type TcpConnection } from "@golem-kit/sdk/sockets";

const utf8 = new TextEncoder();

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    return `no error: ${String(await run())}`;
  } catch (error) {
    return isSdkError(error) ? `${error.name} ${error.code}` : String(error);
  }
}

async function messageOf(run: () => unknown): Promise<string> {
  try {
    await run();
    return "no error";
  } catch (error) {
    return isSocketError(error) && error.code === "invalid-argument" ? error.message : String(error);
  }
}

async function say(connection: TcpConnection, text: string): Promise<string> {
  const writer = connection.writable.getWriter();
  await writer.write(utf8.encode(text));
  await writer.close();
  return new Response(connection.readable).text();
}

async function answer(connection: TcpConnection): Promise<string> {
  using owned = connection;
  let text = "";
  for await (const chunk of owned.readable) text += new TextDecoder().decode(chunk);
  const writer = owned.writable.getWriter();
  await writer.write(utf8.encode(`you said ${text}`));
  await writer.close();
  return text;
}

export const sockets = {
  async talk() {
    using listener = await listen({}, { backlog: 5 });
    const { address } = listener;
    const serving = (async () => {
      const heard: string[] = [];
      for await (const connection of listener) {
        heard.push(await answer(connection));
        if (heard.length === 2) return heard;
      }
      return heard;
    })();
    using first = await connect(address, { keepAlive: true, keepAliveCount: 3 });
    const answers = [await say(first, "one")];
    using second = await connect({ host: "localhost", port: address.port });
    answers.push(await say(second, "two"));
    const { keepAlive, keepAliveCount } = first.settings;
    const addresses = [first.remoteAddress.port === address.port, first.localAddress.host];
    return { heard: await serving, answers, keepAlive, keepAliveCount, addresses };
  },

  async closing() {
    const listener = await listen();
    using _client = await connect(listener.address);
    const server = await listener.accept();
    const accepting = codeOf(() => listener.accept());
    const reading = codeOf(() => new Response(server.readable).text());
    await sleep("1 ms");
    listener.close();
    server.close();
    server.close();
    const left: unknown[] = await Array.fromAsync(listener);
    return [
      await accepting,
      await reading,
      await codeOf(() => server.writable.getWriter().write(utf8.encode("x"))),
      left,
    ];
  },

  async socketFailures(port: string) {
    const listener = await listen();
    const waiting = AbortSignal.timeout(10);
    const codes = [
      await codeOf(() => connect({ host: "127.0.0.1", port: Number(port) })),
      await codeOf(() => listen(listener.address)),
      await codeOf(() => lookup("no-such-host.invalid")),
      await codeOf(() => listener.accept({ signal: waiting })),
      await codeOf(async () => connect({ host: "127.0.0.1", port: listener.address.port }, { hopLimit: 0 })),
    ];
    listener.close();
    return codes;
  },

  async unsuited() {
    using listener = await listen();
    using socket = await bindUdp();
    const { host } = listener.address;
    using connection = await connect(listener.address);
    return [
      await messageOf(() => connect({ host, port: 65_536 + listener.address.port })),
      await messageOf(() => connect({ host, port: -1 })),
      await messageOf(() => listen({ port: 0.5 })),
      await messageOf(() => bindUdp({ port: 70_000 })),
      await messageOf(() => socket.send(utf8.encode("x"), { host, port: 70_000 })),
      await messageOf(() => listen({}, { backlog: -1 })),
      await messageOf(() => connection.configure({ keepAliveCount: -1 })),
      await messageOf(() => connection.configure({ hopLimit: 256 })),
      await messageOf(() => connection.configure({ sendBufferSize: -1 })),
      await messageOf(() => socket.configure({ unicastHopLimit: 257 })),
    ];
  },

  async afterwards() {
    const listener = await listen();
    const connection = await connect(listener.address);
    const socket = await bindUdp();
    for (const each of [listener, connection, socket]) each.close();
    return Promise.all([
      codeOf(async () => listener.address),
      codeOf(async () => connection.localAddress),
      codeOf(async () => connection.remoteAddress),
      codeOf(async () => connection.settings),
      codeOf(async () => connection.configure({ keepAlive: true })),
      codeOf(async () => socket.localAddress),
      codeOf(async () => socket.remoteAddress),
      codeOf(async () => socket.settings),
      codeOf(async () => socket.configure({ unicastHopLimit: 1 })),
      codeOf(() => socket.connect({ host: "127.0.0.1", port: 7 })),
      codeOf(() => socket.send(utf8.encode("x"), { host: "127.0.0.1", port: 7 })),
    ]);
  },

  async datagrams() {
    using server = await bindUdp();
    using client = await bindUdp();
    const serving = (async () => {
      for await (const { data, from } of server) {
        await server.send(utf8.encode(`you said ${new TextDecoder().decode(data)}`), from);
        return from.port === client.localAddress.port;
      }
      return false;
    })();
    const early = client.receive();
    await client.connect(server.localAddress);
    await client.send(utf8.encode("ping"));
    const { data } = await early;
    client.configure({ unicastHopLimit: 7 });
    const receiving = codeOf(() => server.receive());
    const served = await serving;
    server.close();
    return [
      new TextDecoder().decode(data),
      served,
      client.settings.unicastHopLimit,
      client.remoteAddress.host,
      await receiving,
    ];
  },

  async names() {
    return [
      (await lookup("localhost")).length > 0,
      await lookup("127.0.0.1"),
      await lookup("2001:DB8:0:0::1"),
    ];
  },
};
