import type { Stop } from "../stop.ts";

export const history: Stop = {
  title: "golem:api/host: getOplogIndex, setOplogIndex",
  shows: "A worker goes back in its history, and forgets what it did since: it comes here twice",
  async play(guest) {
    guest.check("visits", await guest.call("go-back", `${guest.half}-tea`, 2), 2);
  },
};

export const commit: Stop = {
  title: "golem:api/host: oplogCommit",
  shows: "Makes sure that all until now is stored",
  async play(guest) {
    await guest.call("commit");
  },
};

export const oplog: Stop = {
  title: "golem:api/oplog: new GetOplog, new SearchOplog",
  shows: "What workers have recorded: the kinds of entries of one, and how many match a query",
  async play(guest) {
    const writer = guest.other(`${guest.half}-writer`);
    await writer.call("log", "a needle");
    const kinds = (await guest.call("oplog", writer.name)) as readonly string[];
    guest.check("a log line is among them", kinds.includes("log"), true);
    const found = await guest.call("search-oplog", writer.name, "needle");
    guest.check("something was found", Number(found) > 0, true);
  },
};

export const spans: Stop = {
  title: "golem:api/context",
  shows: "Spans of a trace, one within another, with the attribute `colour`",
  async play(guest) {
    guest.check("the colours", await guest.call("spans"), ["blue", "red"]);
  },
};
