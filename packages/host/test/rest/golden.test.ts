import { describe, expect, test } from "vitest";
import { goldenComponent } from "../golden-component.ts";
import { deviations } from "./golden-deviations.ts";
import { about, comparable, goldenExchanges, recordedComponentId, send } from "./golden-exchanges.ts";
import { ServedHost } from "./served-host.ts";

const served = new ServedHost({ component: goldenComponent });

/** These need functions, or older workers, of another component, which was recorded with the workers. */
const OF_ANOTHER_COMPONENT: ReadonlySet<string> = new Set([
  "environment as the worker sees it",
  "get after an invocation",
  "list, count 2",
  "list, count 1",
  "list, next page",
  "find, none",
]);

describe.each(["values", "resources", "workers"])("recorded %s", (name) => {
  const exchanges = goldenExchanges(name);
  const recordedId = recordedComponentId(exchanges);

  test.each(exchanges.filter(({ label }) => !OF_ANOTHER_COMPONENT.has(label)))("$label", async (recorded) => {
    const exchange = about(recorded, recordedId, served.componentId);
    const { status, contentType, body } = await send(served.url, exchange);
    const golden = {
      status: exchange.status,
      contentType: exchange.contentType,
      body: comparable(exchange.response),
    };
    const expected = deviations[exchange.label] ?? golden;
    expect({ status, contentType, body: comparable(body) }).toEqual({
      contentType: expect.any(String),
      ...expected,
    });
  });
});
