import { atomically, withRetryPolicy } from "@golem-kit/sdk/durability";

import { numbers } from "../keyvalue/sdk.ts";

export function retryPolicy(product: string, failures: number): Promise<number> {
  const policy = { maxAttempts: failures + 10, minDelay: "1 ms", maxDelay: "1 ms" } as const;
  return withRetryPolicy(policy, () =>
    atomically(async () => {
      const attempt = ((await numbers.get(`${product} attempts`)) ?? 0) + 1;
      await numbers.set(`${product} attempts`, attempt);
      if (attempt <= failures) throw new Error(`Attempt ${attempt} fails`);
      return attempt;
    }),
  );
}
