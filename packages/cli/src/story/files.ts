import type { Scene } from "./scene.ts";

const megabytes = 5;

export const files: Scene = {
  title: `Files: a text, and a scan of ${megabytes} MB read in ranges`,
  needs: ["shop:receipts"],
  async play(stage) {
    await stage.call("shop:receipts/desk", "write", "ada-1.txt", "2 × Green tea, 1 × Stoneware mug");
    await stage.call("shop:receipts/office", "read", "ada-1.txt");
    const written = await stage.call("shop:receipts/desk", "scan", "ada-1.scan", megabytes * 1_000_000);
    await stage.call("shop:receipts/office", "part", "ada-1.scan", 1_000, 1_008);
    const read = await stage.call("shop:receipts/office", "sum", "ada-1.scan");
    stage.confirm("what was read is what was written", read, written);
  },
};
