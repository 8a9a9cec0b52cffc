import { contextAttributeChain, withSpan } from "@golem-kit/sdk/context";

export function spans(): Promise<string[]> {
  return withSpan("outer", { colour: "red" }, () =>
    withSpan("inner", { colour: "blue" }, () => contextAttributeChain("colour")),
  );
}
