import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { golemKit } from "./golem-kit.ts";

/** What listens at an address of this machine until the test is over. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const http = (listener: RequestListener): Promise<number> => listening(createHttpServer(listener));

const raw = (onConnection: (socket: Socket) => void): Promise<number> =>
  listening(createServer((socket) => onConnection(socket.on("error", () => {}))));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.for<readonly [what: string, url: () => Promise<string>, told: RegExp]>([
  [
    "nothing that listens",
    async () => `http://127.0.0.1:${await freePort()}`,
    /^✖ No Golem server answers at http:\/\/127\.0\.0\.1:\d+: nothing listens there\. Start one with "golem-kit serve"/,
  ],
  [
    "a port that is another protocol's",
    async () => "http://127.0.0.1:9",
    /^✖ No request may be sent to port 9/,
  ],
  [
    "a host name that is none",
    async () => "http://golem.invalid",
    /^✖ The host name golem\.invalid cannot be resolved\. Check --url/,
  ],
  [
    "a server without TLS",
    async () => `https://127.0.0.1:${await http((_, answer) => void answer.end())}`,
    /^✖ 127\.0\.0\.1:\d+ does not speak TLS\. Write http:\/\/ in place of https:\/\//,
  ],
  [
    "a server that does not speak HTTP",
    async () => `http://127.0.0.1:${await raw((socket) => socket.end("220 mail.example\r\n"))}`,
    /^✖ What listens at 127\.0\.0\.1:\d+ does not speak HTTP/,
  ],
  [
    "a connection that is lost",
    async () => `http://127.0.0.1:${await raw((socket) => socket.once("data", () => socket.destroy()))}`,
    /^✖ The connection to http:\/\/127\.0\.0\.1:\d+ was lost before the answer came/,
  ],
  [
    "an answer that is cut off",
    async () => {
      const answer = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[";
      return `http://127.0.0.1:${await raw((socket) => socket.once("data", () => socket.end(answer)))}`;
    },
    /^✖ The connection to http:\/\/127\.0\.0\.1:\d+ was lost before the answer came/,
  ],
  [
    "headers that are too long",
    async () => {
      const port = await http((_, answer) => void answer.writeHead(200, { tea: "x".repeat(100_000) }).end());
      return `http://127.0.0.1:${port}`;
    },
    /^✖ 127\.0\.0\.1:\d+ answers with longer headers than are read/,
  ],
  [
    "another server's page",
    async () => `http://127.0.0.1:${await http((_, answer) => void answer.end("<html>hello</html>"))}`,
    /^✖ What answers at http:\/\/127\.0\.0\.1:\d+ is no Golem server of version 1\.2: GET .* is answered with "<html>hello<\/html>"/,
  ],
  [
    "a server without such paths",
    async () => `http://127.0.0.1:${await http((_, answer) => void answer.writeHead(404).end("Not Found"))}`,
    /^✖ What answers at http:\/\/127\.0\.0\.1:\d+ is no Golem server of version 1\.2: GET .* is answered with 404/,
  ],
])("%s is told as what it is", async ([, url, told]) => {
  const { code, stderr } = await golemKit("workers", "shop:orders", "--url", await url());

  expect(stderr).toMatch(told);
  expect(code).toBe(1);
});
