import { httpHandler } from "@golem-kit/sdk/http";

export const handler = httpHandler(async (request) => {
  const { pathname, search } = new URL(request.url);
  const answer = `${request.method} ${pathname}${search}: ${await request.text()}`;
  return new Response(answer, { status: 201 });
});
