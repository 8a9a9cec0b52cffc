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
    logger("fields").warn("circle", circle);
    return log.context;
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
