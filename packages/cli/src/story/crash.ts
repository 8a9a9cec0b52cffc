import { readOplog } from "./read-oplog.ts";
import type { Scene } from "./scene.ts";

/** So many entries after its start, the checkout is at its calls to the order. */
const entriesBeforeTheCrash = 20;

export const crash: Scene = {
  title: "A crash in mid-flight: the instance is dropped, its oplog is not",
  needs: ["shop:catalog", "shop:cart", "shop:orders"],
  async play(stage) {
    const bob = "shop:cart/bob";
    await stage.call(bob, "add", "tea", 3);
    const before = (await readOplog(stage.host, stage.workerId(bob))).length;
    const checkout = stage.call(bob, "checkout");
    let done = false;
    const finished = checkout.finally(() => (done = true));
    let length = before;
    while (!done && length < before + entriesBeforeTheCrash) {
      length = (await readOplog(stage.host, stage.workerId(bob))).length;
    }
    stage.remark(`crashed after entry ${length} of its oplog, ${length - before} into the checkout`);
    await stage.host.workers.interrupt(stage.workerId(bob), { recoverImmediately: true });
    await finished;
  },
};
