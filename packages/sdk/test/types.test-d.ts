import { expectTypeOf } from "vitest";

import type { Implementation } from "../src/implementation.ts";
import { bytesCodec, openBucket, type Bucket, type JsonValue, type StandardSchema } from "../src/keyvalue.ts";
import { openContainer } from "../src/blobstore.ts";
import { remoteFunction, remoteWorker, wit } from "../src/remote.ts";
import { call, schedule, unwrap, type Future, type When } from "../src/rpc.ts";

interface Product {
  name: string;
  price: number;
}

// Buckets.
expectTypeOf(openBucket("b")).toEqualTypeOf<Bucket<JsonValue>>();
expectTypeOf(openBucket<Product>("b").get("k")).resolves.toEqualTypeOf<Product | undefined>();
expectTypeOf(openBucket("b", { codec: bytesCodec })).toEqualTypeOf<Bucket<Uint8Array>>();
declare const schema: StandardSchema<{ at: string }, { at: Date }>;
expectTypeOf(openBucket("b", { schema }).get("k")).resolves.toEqualTypeOf<{ at: Date } | undefined>();
expectTypeOf(openBucket("b", { schema })).toEqualTypeOf<Bucket<{ at: Date }, { at: string }>>();
expectTypeOf(openBucket<Product>("b").getMany(["k"])).resolves.toEqualTypeOf<(Product | undefined)[]>();

// Containers.
expectTypeOf(openContainer("c").bytes("o")).resolves.toEqualTypeOf<Uint8Array<ArrayBuffer> | undefined>();
expectTypeOf(openContainer("c").text("o")).resolves.toEqualTypeOf<string | undefined>();

// Calls through clients.
declare const future: Future<{ tag: "ok"; val: Product } | { tag: "err"; val: "gone" }>;
expectTypeOf(call(future)).resolves.toEqualTypeOf<
  { tag: "ok"; val: Product } | { tag: "err"; val: "gone" }
>();
expectTypeOf(unwrap(await call(future))).toEqualTypeOf<Product>();
expectTypeOf(schedule).parameter(0).toEqualTypeOf<When>();

// Calls by name.
const line = wit.record({ sku: wit.string, note: wit.option(wit.string) });
const place = remoteFunction("shop:orders-exports/api.{place}", {
  params: [wit.list(line), wit.flags("express", "gift-wrap")],
  result: wit.result(wit.u64, wit.variant({ empty: null, "unknown-sku": wit.string })),
});
const worker = remoteWorker("shop:orders", "o-1");
expectTypeOf(worker.call(place, [{ sku: "tea" }], { giftWrap: true })).resolves.toEqualTypeOf<
  | { tag: "ok"; val: bigint }
  | { tag: "err"; val: { tag: "empty"; val?: undefined } | { tag: "unknown-sku"; val: string } }
>();
// @ts-expect-error a field is missing
void worker.call(place, [{}], {});
// @ts-expect-error there is no such flag
void worker.call(place, [], { slow: true });
const ping = remoteFunction("shop:orders-exports/api.{ping}", { params: [] });
expectTypeOf(worker.call(ping)).resolves.toEqualTypeOf<undefined>();

// Exports.
interface Declared {
  place(key: string): number;
  Invoice: new (number: string) => { total(): number };
}
class Invoice {
  readonly #total: number;
  constructor(number: string) {
    this.#total = number.length;
  }
  async total(): Promise<number> {
    return this.#total;
  }
}
expectTypeOf({ place: async (key: string) => key.length, Invoice }).toExtend<Implementation<Declared>>();
expectTypeOf({ place: (key: number) => key, Invoice }).not.toExtend<Implementation<Declared>>();
