import { describe, expect, test } from "vitest";

import { parseMultipart } from "../../src/rest/multipart.ts";

const BOUNDARY = "multipart/form-data; boundary=xyz";

/** A form as it is on the wire, a byte a character. */
function form(...parts: readonly string[]): Uint8Array {
  return Buffer.from(`${parts.map((part) => `--xyz\r\n${part}\r\n`).join("")}--xyz--\r\n`, "latin1");
}

describe("a multipart form", () => {
  const bytes = String.fromCharCode(0, 0xe3, 0x07, 13, 10, 0xff);

  test.each([
    ["without a file name, as Golem's clients send components", 'name="component"'],
    ["with a file name, as browsers do", 'name="component"; filename="c.wasm"'],
  ])("keeps the bytes of a part %s", async (_, disposition) => {
    const header = `Content-Disposition: form-data; ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`;
    const parts = await parseMultipart(BOUNDARY, form(header + bytes));
    expect(Buffer.from(parts.get("component") ?? "").toString("latin1")).toBe(bytes);
  });

  test("has the first part of each name", async () => {
    const part = (text: string): string => `Content-Disposition: form-data; name="name"\r\n\r\n${text}`;
    const parts = await parseMultipart(BOUNDARY, form(part("first"), part("second")));
    expect(Buffer.from(parts.get("name") ?? "").toString()).toBe("first");
  });

  test.each([
    ["ends in the middle", BOUNDARY, form("Content-Disposition: form-data; name=a\r\n\r\ntext").slice(0, 40)],
    ["has no boundary", "multipart/form-data", form()],
  ])("is refused if it %s", async (_, contentType, bytes) => {
    await expect(parseMultipart(contentType, bytes)).rejects.toThrow(/multipart/i);
  });
});
