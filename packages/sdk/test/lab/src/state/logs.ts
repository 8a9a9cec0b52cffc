import { captureConsole, logger, stderr, stdout } from "@golem-kit/sdk/logging";

const circle: Record<string, unknown> = {};
circle["self"] = circle;

export const logs = {
  logs: () => {
    const log = logger("shop", { level: "debug", fields: { region: "eu" } });
    log.trace("not written");
    log.debug("placed", { id: 7n, cause: new Error("none") });
    log.child("payment", { id: "o-1" }).critical("declined", { region: "us" });
    logger().info("bare");
    logger("fields").warn("circle", { left: 1, circle });
    return log.context;
  },
  "odd fields": () => {
    const unreadable = {
      get price(): never {
        throw new Error("unreadable");
      },
    };
    const cause = new TypeError("no price", { cause: { code: 7n } });
    const endless = new Error("endless");
    endless.cause = endless;
    logger().info("odd", {
      endless,
      failed: new Error("not placed", { cause }),
      both: new AggregateError([new Error("one"), "two"], "several"),
      map: new Map([["tea", 3n]]),
      set: new Set([1]),
      bytes: Uint8Array.of(1, 2),
      never: new Date(NaN),
      epoch: new Date(0),
      numbers: [NaN, -Infinity, 1],
      symbol: Symbol("tea"),
      place: function place() {},
      nothing: undefined,
      unreadable,
    });
    return "done";
  },
  console: () => {
    {
      using _ = captureConsole(logger("console"));
      console.log("text", { sku: "tea" }, 3n, undefined);
      console.info("info");
      console.debug("debug");
      console.trace("trace");
      console.warn("warn");
      console.error("error");
      console.error("failed:", new Error("not placed", { cause: new TypeError("no price") }));
      console.log(circle, Symbol("tea"), NaN, new Map([[1, 2]]), null);
    }
    console.log("after");
    return "done";
  },
  output: async () => {
    await stdout.write("out\n");
    await stderr.write(new TextEncoder().encode("err\n"));
    const writer = stdout.writable().getWriter();
    await writer.write("piece 1, ");
    await writer.write("piece 2");
    await writer.close();
    await stdout.write("x".repeat(10_000));
    return "done";
  },
};
