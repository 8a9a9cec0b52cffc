/** What a package of npm is for, in a few lines. */
export interface PackageUse {
  /** `zod@4.6.7` */
  readonly package: string;
  /** Imports of the program. */
  readonly imports: string;
  /** The body of an async function that gives a value of JSON: the same in Node and in a component. */
  readonly use: string;
}

function uses(id: string, imports: string, use: string): PackageUse {
  return { package: id, imports, use: use.includes("return ") ? use : `return ${use};` };
}

/** Packages that many use and that need no Node. */
export const packageUses: readonly PackageUse[] = [
  uses(
    "@anthropic-ai/sdk@1.10.0",
    'import A from "@anthropic-ai/sdk";',
    'typeof new A({ apiKey: "k", dangerouslyAllowBrowser: true }).messages.create',
  ),
  uses(
    "@faker-js/faker@10.6.0",
    'import { faker } from "@faker-js/faker";',
    "faker.seed(7); return [faker.person.firstName(), faker.number.int(100)];",
  ),
  uses(
    "@noble/curves@2.4.0",
    'import { secp256k1 } from "@noble/curves/secp256k1.js";',
    "Array.from(secp256k1.getPublicKey(new Uint8Array(32).fill(7)))",
  ),
  uses(
    "@paralleldrive/cuid2@3.3.0",
    'import { createId, isCuid } from "@paralleldrive/cuid2";',
    "isCuid(createId())",
  ),
  uses("@scure/base@2.4.0", 'import { base58 } from "@scure/base";', "base58.encode(Uint8Array.of(1, 2, 3))"),
  uses(
    "@sentry/core@11.12.0",
    'import { parseStackFrames, dsnToString, makeDsn } from "@sentry/core";',
    'dsnToString(makeDsn("https://k@sentry.example/1"))',
  ),
  uses(
    "@trpc/server@11.25.2",
    'import { initTRPC } from "@trpc/server";',
    "const t = initTRPC.create(); const router = t.router({ hi: t.procedure.query(() => 'hi') }); return router.createCaller({}).hi();",
  ),
  uses("ai@7.0.173", 'import { cosineSimilarity } from "ai";', "cosineSimilarity([1, 0], [1, 1])"),
  uses(
    "ajv@8.20.0",
    'import Ajv from "ajv";',
    'new Ajv.default({ allErrors: true }).compile({ type: "object", required: ["a"] })({ b: 1 })',
  ),
  uses("big.js@7.0.1", 'import Big from "big.js";', 'new Big("0.1").plus("0.2").toString()'),
  uses(
    "bignumber.js@11.1.5",
    'import { BigNumber } from "bignumber.js";',
    'new BigNumber("0.1").plus("0.2").toFormat(2)',
  ),
  uses(
    "bson@7.3.4",
    'import { deserialize, serialize } from "bson";',
    'deserialize(serialize({ a: [1, "b"] }))',
  ),
  uses("cbor-x@1.6.8", 'import { decode, encode } from "cbor-x";', 'decode(encode({ a: [1, "b"] }))'),
  uses("cheerio@1.2.0", 'import { load } from "cheerio";', 'load("<p class=a>hi</p>")(".a").text()'),
  uses(
    "date-fns@4.4.0",
    'import { addMonths, format } from "date-fns"; import { de } from "date-fns/locale/de";',
    'format(addMonths(new Date(Date.UTC(2026, 0, 31)), 1), "d. MMMM yyyy", { locale: de })',
  ),
  uses(
    "dayjs@1.11.23",
    'import dayjs from "dayjs"; import utc from "dayjs/plugin/utc.js";',
    'dayjs.extend(utc); return dayjs.utc("2026-01-31").add(1, "month").format("YYYY-MM-DD");',
  ),
  uses("decimal.js@10.6.0", 'import { Decimal } from "decimal.js";', "new Decimal(2).sqrt().toString()"),
  uses(
    "drizzle-orm@0.45.2",
    'import { sql } from "drizzle-orm"; import { PgDialect } from "drizzle-orm/pg-core";',
    "new PgDialect().sqlToQuery(sql`select ${1}`)",
  ),
  uses(
    "effect@4.1.0",
    'import { Effect } from "effect";',
    "Effect.runPromise(Effect.map(Effect.succeed(1), (n) => n + 1))",
  ),
  uses(
    "fast-xml-parser@5.12.1",
    'import { XMLParser } from "fast-xml-parser";',
    'new XMLParser({ ignoreAttributes: false }).parse("<a b=\\"1\\"><c>d</c></a>")',
  ),
  uses(
    "fflate@0.8.3",
    'import { gunzipSync, gzipSync, strFromU8, strToU8 } from "fflate";',
    'strFromU8(gunzipSync(gzipSync(strToU8("text"))))',
  ),
  uses(
    "fp-ts@2.16.11",
    'import { pipe } from "fp-ts/lib/function.js"; import * as O from "fp-ts/lib/Option.js";',
    "pipe(O.some(1), O.map((n) => n + 1))",
  ),
  uses(
    "graphql@17.1.0",
    'import { buildSchema, graphql } from "graphql";',
    'JSON.parse(JSON.stringify(await graphql({ schema: buildSchema("type Query { a: Int }"), source: "{ a }", rootValue: { a: 3 } })))',
  ),
  uses(
    "handlebars@4.7.10",
    'import Handlebars from "handlebars";',
    'Handlebars.compile("Hi {{name}}")({ name: "Ada" })',
  ),
  uses(
    "hono@4.13.19",
    'import { Hono } from "hono";',
    'const app = new Hono(); app.get("/a/:id", (c) => c.json({ id: c.req.param("id") })); return (await app.request("/a/7")).json();',
  ),
  uses(
    "immer@11.2.10",
    'import { produce } from "immer";',
    "produce({ a: [1] }, (draft) => { draft.a.push(2); })",
  ),
  uses("io-ts@2.2.22", 'import * as t from "io-ts";', "t.type({ a: t.number }).decode({ a: 1 })"),
  uses(
    "itty-router@6.0.0",
    'import { AutoRouter } from "itty-router";',
    'const router = AutoRouter(); router.get("/a/:id", ({ id }) => ({ id })); return (await router.fetch(new Request("http://a.example/a/7"))).json();',
  ),
  uses(
    "jose@6.2.17",
    'import { SignJWT, jwtVerify } from "jose";',
    'const key = new Uint8Array(32).fill(7); const token = await new SignJWT({ a: 1 }).setProtectedHeader({ alg: "HS256" }).sign(key); return [token, (await jwtVerify(token, key)).payload];',
  ),
  uses(
    "jsonata@2.2.2",
    'import jsonata from "jsonata";',
    'jsonata("$sum(a.b)").evaluate({ a: [{ b: 1 }, { b: 2 }] })',
  ),
  uses("ky@2.1.0", 'import ky from "ky";', "typeof ky.create({ retry: 2 }).get"),
  uses(
    "linkedom@0.18.15",
    'import { parseHTML } from "linkedom";',
    'parseHTML("<p class=a>hi</p>").document.querySelector(".a").textContent',
  ),
  uses(
    "liquidjs@10.30.1",
    'import { Liquid } from "liquidjs";',
    'new Liquid().parseAndRender("Hi {{ name | upcase }}", { name: "Ada" })',
  ),
  uses("lodash-es@4.18.1", 'import { groupBy } from "lodash-es";', "groupBy([1, 2, 3], (n) => n % 2)"),
  uses(
    "luxon@3.7.2",
    'import { DateTime } from "luxon";',
    'DateTime.fromISO("2026-01-31T00:00:00Z", { zone: "utc" }).plus({ months: 1 }).toISODate()',
  ),
  uses("marked@18.2.1", 'import { marked } from "marked";', 'marked.parse("# Hi\\n\\n* a\\n* **b**")'),
  uses(
    "mitt@3.0.1",
    'import mitt from "mitt";',
    'const told = []; const all = mitt(); all.on("a", (x) => told.push(x)); all.emit("a", 1); return told;',
  ),
  uses("msgpackr@2.1.3", 'import { pack, unpack } from "msgpackr";', 'unpack(pack({ a: [1, "b"] }))'),
  uses(
    "mustache@4.2.0",
    'import Mustache from "mustache";',
    'Mustache.render("Hi {{name}}", { name: "Ada" })',
  ),
  uses("nanoid@6.0.2", 'import { nanoid } from "nanoid";', "nanoid().length"),
  uses("neverthrow@8.2.0", 'import { ok } from "neverthrow";', "ok(1).map((n) => n + 1).unwrapOr(0)"),
  uses(
    "openai@7.55.0",
    'import OpenAI from "openai";',
    'typeof new OpenAI({ apiKey: "k", dangerouslyAllowBrowser: true }).chat.completions.create',
  ),
  uses(
    "p-limit@7.3.3",
    'import pLimit from "p-limit";',
    "const limit = pLimit(1); return Promise.all([1, 2].map((n) => limit(async () => n * 2)));",
  ),
  uses(
    "p-queue@10.0.0",
    'import PQueue from "p-queue";',
    "new PQueue({ concurrency: 1 }).add(async () => 3)",
  ),
  uses(
    "p-retry@9.0.0",
    'import pRetry from "p-retry";',
    'let n = 0; return pRetry(async () => { n += 1; if (n < 2) throw new Error("no"); return n; }, { minTimeout: 1 });',
  ),
  uses(
    "pako@3.0.3",
    'import * as pako from "pako";',
    'pako.inflate(pako.deflate(new TextEncoder().encode("text")), { toText: true }).length',
  ),
  uses("papaparse@5.7.1", 'import Papa from "papaparse";', 'Papa.parse("a,b\\n1,2", { header: true }).data'),
  uses(
    "protobufjs@8.8.1",
    'import protobuf from "protobufjs";',
    'const { root } = protobuf.parse("syntax = \\"proto3\\"; message A { int32 b = 1; }"); const A = root.lookupType("A"); return Array.from(A.encode({ b: 300 }).finish());',
  ),
  uses("qs@6.17.1", 'import qs from "qs";', 'qs.parse("a[b]=1&c[]=2")'),
  uses("query-string@10.0.0", 'import queryString from "query-string";', 'queryString.parse("a=1&b=2")'),
  uses("ramda@0.32.0", 'import * as R from "ramda";', "R.pipe(R.map((n) => n + 1), R.sum)([1, 2])"),
  uses(
    "rxjs@7.8.2",
    'import { lastValueFrom, of, map, toArray } from "rxjs";',
    "lastValueFrom(of(1, 2).pipe(map((n) => n * 2), toArray()))",
  ),
  uses("semver@7.8.6", 'import semver from "semver";', 'semver.satisfies("1.2.3", "^1.0.0")'),
  uses("slugify@1.6.9", 'import slugify from "slugify";', '(slugify.default ?? slugify)("Ünïcode Text!")'),
  uses(
    "superstruct@2.0.2",
    'import { is, number, object } from "superstruct";',
    "is({ a: 1 }, object({ a: number() }))",
  ),
  uses(
    "ts-pattern@5.9.2",
    'import { match, P } from "ts-pattern";',
    "match({ a: 1 }).with({ a: P.number }, ({ a }) => a + 1).otherwise(() => 0)",
  ),
  uses("tweetnacl@1.0.3", 'import nacl from "tweetnacl";', "Array.from(nacl.hash(Uint8Array.of(1)))"),
  uses("ulid@3.0.2", 'import { ulid } from "ulid";', "ulid(1).slice(0, 10)"),
  uses("uuid@14.0.3", 'import { v4, v5, validate } from "uuid";', '[validate(v4()), v5("a", v5.URL)]'),
  uses(
    "valibot@1.5.0",
    'import * as v from "valibot";',
    'v.safeParse(v.object({ a: v.pipe(v.string(), v.email()) }), { a: "no" }).success',
  ),
  uses(
    "xstate@5.33.3",
    'import { createActor, createMachine } from "xstate";',
    'const actor = createActor(createMachine({ initial: "a", states: { a: { on: { GO: "b" } }, b: {} } })).start(); actor.send({ type: "GO" }); return actor.getSnapshot().value;',
  ),
  uses("yaml@2.9.1", 'import { parse, stringify } from "yaml";', 'stringify(parse("a: [1, b]"))'),
  uses("zod@4.6.7", 'import { z } from "zod";', 'z.object({ a: z.email() }).safeParse({ a: "no" }).success'),
];
