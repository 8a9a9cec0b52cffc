import { afterAll, beforeAll, expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { ENDLESS_KINDS } from "../src/neighbours/endless-kinds.ts";
import {
  MEMORY_LIMIT,
  type NeighbourServer,
  OPLOG_LIMIT,
  startNeighbourServer,
} from "../src/neighbours/neighbour-server.ts";
import { neighboursRound } from "../src/neighbours/neighbours-round.ts";
import { SteadyLoad } from "../src/neighbours/steady-load.ts";
import { reportFigures, reportMeasurement } from "./figures.ts";

const IS_FULL = campaignSize(0, 1) === 1;
const WORKERS = campaignSize(20, 1_000);
const CALLS = campaignSize(20, 150);
/** Calls a second. In the full form nearly each finds its worker out of memory, and brings it back. */
const RATE = campaignSize(40, 10);
/** In the short form, one that is interrupted, one that is reverted, and one that is deleted. */
const GUESTS = IS_FULL ? [1, 4, 20] : [3];
/** What idle workers may take, and what the storage keeps aside. */
const IDLE_MEMORY = 2 ** 30;
const IDLE_DISK = 2 ** 28;

let server: NeighbourServer;
let load: SteadyLoad;

beforeAll(async () => {
  server = await startNeighbourServer();
  load = await SteadyLoad.begin(server.program, WORKERS);
}, 600_000);
afterAll(() => server[Symbol.asyncDispose]());

test.runIf(IS_FULL)(
  "without endless guests every call is answered once",
  { timeout: 300_000 },
  async (context) => {
    const plan = { kind: "compute", guests: 0, calls: CALLS, rate: RATE } as const;
    const { measurement, problems } = await neighboursRound(server, load, plan);
    reportMeasurement(context, measurement);
    expect(problems).toEqual([]);
  },
);

test.for(ENDLESS_KINDS)(
  "beside guests that never yield (%s) every call is answered once, what is taken stays bounded, and they can be ended",
  { timeout: GUESTS.length * 300_000 },
  async (kind, context) => {
    for (const guests of GUESTS) {
      const plan = { kind, guests, calls: CALLS, rate: RATE };
      const { measurement, growth, problems } = await neighboursRound(server, load, plan);
      reportMeasurement(context, measurement);
      reportFigures(context, { "calls beside endless guests": CALLS, "endless guests": guests });

      expect(problems).toEqual([]);
      expect(growth.memory).toBeLessThan(IDLE_MEMORY + guests * MEMORY_LIMIT);
      expect(growth.disk).toBeLessThan(IDLE_DISK + 2 * guests * OPLOG_LIMIT);
    }
  },
);
