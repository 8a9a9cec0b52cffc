import { fetch, idempotencyHeaders } from "@golem-kit/sdk/http";
import type { Response as Answer } from "kit:tour-exports/sdk";

export async function http(authority: string, path: string, body: string): Promise<Answer> {
  const response = await fetch(`http://${authority}${path}`, {
    method: "POST",
    headers: idempotencyHeaders(),
    body,
    timeout: "2 min",
  });
  return { status: response.status, body: await response.text() };
}
