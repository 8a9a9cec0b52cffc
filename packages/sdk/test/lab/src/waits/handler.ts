import { sleep } from "@golem-kit/sdk/clock";
import { httpHandler, withTrailers } from "@golem-kit/sdk/http";

let visits = 0;

export const incomingHandler = httpHandler(async (request) => {
  visits += 1;
  const { pathname } = new URL(request.url);
  switch (pathname) {
    case "/throw":
      throw new Error("not handled");
    case "/empty":
      return new Response(null, { status: 204 });
    case "/back":
      return withTrailers(new Response(request.body, { headers: { trailer: "x-length" } }), () => ({
        "x-length": "told at the end",
      }));
    case "/trailers": {
      await request.text();
      return Response.json(Array.from((await request.trailers) ?? []));
    }
    case "/slowly":
      return new Response(
        new ReadableStream({
          async pull(controller) {
            await sleep("1 ms");
            controller.enqueue(new TextEncoder().encode("at last"));
            controller.close();
          },
        }),
      );
    default:
      return Response.json({
        visits,
        method: request.method,
        url: request.url,
        tag: request.headers.get("x-tag"),
        text: await request.text(),
      });
  }
});
