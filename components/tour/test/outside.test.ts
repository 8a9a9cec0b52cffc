import { test } from "@golem-kit/testing";
import { expect } from "vitest";

test.override("origins", {
  "http://letters.example": async (request) => new Response(`Read: ${await request.text()}`),
});

test("a letter arrives, also if the first attempt meets a server in trouble", async ({ worker, outside }) => {
  const tour = worker("kit:tour");
  const post = () => tour.invoke("kit:tour-exports/sdk.{http}", "letters.example", "/", "Dear Ada");
  outside.fail("http://letters.example", { status: 503 });

  expect(await post()).toEqual({ status: 503, body: "" });
  expect(await post()).toEqual({ status: 200, body: "Read: Dear Ada" });
  expect(outside.requests).toHaveLength(2);
});
