import type { Implementation } from "@golem-kit/sdk";
import {
  contextAttribute,
  contextAttributeChain,
  currentContext,
  setTraceHeaders,
  startSpan,
  traceHeaders,
  useTraceHeaders,
  withSpan,
  withTraceHeaders,
} from "@golem-kit/sdk/context";

import type * as Exports from "sdk:lab-exports/traces";

import { codeOf } from "./code-of.ts";

async function spans(): Promise<string[]> {
  const seen: string[] = [];
  await withSpan("outer", { colour: "red", shape: "round" }, async (outer) => {
    await Promise.resolve();
    using inner = startSpan("inner");
    inner.set({ colour: "blue" });
    inner.set({});
    const context = currentContext();
    const [own, around] = context.spans;
    seen.push(
      `own ${own.attributes["colour"]}, around ${around?.attributes["colour"]}`,
      `all ${context.attributes["colour"]} ${context.attributes["shape"]}`,
      `chains ${context.attributeChains["colour"]?.join()}`,
      `one ${contextAttribute("shape")} ${contextAttribute("shape", { inherited: false })}`,
      `chain ${contextAttributeChain("name").join()}`,
      `headers ${context.headers["traceparent"] === `00-${context.traceId}-${own.spanId}-00`}`,
      `started ${outer.startedAt.epochNanoseconds <= inner.startedAt.epochNanoseconds}`,
    );
    inner.finish();
    inner.finish();
    inner.set({ colour: "too late" });
    seen.push(`back in ${contextAttribute("name")}`, await codeOf(() => inner.startedAt));
  });
  const failing = withSpan("failing", {}, () => {
    throw new TypeError("as it is");
  });
  seen.push(
    await failing.catch((error: unknown) => String(error)),
    `left ${contextAttribute("name")}`,
    await codeOf(() => withSpan("no function", {}, undefined as unknown as () => void)),
  );
  const before = traceHeaders();
  const within = await withTraceHeaders(false, async () => {
    await Promise.resolve();
    using _allowed = useTraceHeaders(true);
    return [traceHeaders(), await codeOf(() => setTraceHeaders(false))];
  });
  seen.push([before, ...within, traceHeaders()].join(" "));
  setTraceHeaders(false);
  seen.push(String(traceHeaders()));
  return seen;
}

export const traces: Implementation<typeof Exports> = { spans };
