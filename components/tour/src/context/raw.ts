import { currentContext, startSpan } from "golem:api/context@1.1.0";

export function spans(): string[] {
  using outer = startSpan("outer");
  outer.setAttribute("colour", { tag: "string", val: "red" });
  using inner = startSpan("inner");
  inner.setAttribute("colour", { tag: "string", val: "blue" });

  using context = currentContext();
  const colours = context.getAttributeChain("colour").map(({ val }) => val);
  inner.finish();
  outer.finish();
  return colours;
}
