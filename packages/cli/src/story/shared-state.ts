import type { Scene } from "./scene.ts";

export const sharedState: Scene = {
  title: "Every worker sees the same key-value store",
  needs: ["shop:catalog"],
  async play(stage) {
    await stage.call("shop:catalog/north", "put", { sku: "tea", name: "Green tea", price: 450 });
    await stage.call("shop:catalog/north", "put", { sku: "mug", name: "Stoneware mug", price: 1200 });
    await stage.call("shop:catalog/north", "restock", "tea", 10);
    await stage.call("shop:catalog/north", "restock", "mug", 5);
    const stock = await stage.call("shop:catalog/south", "stock", "tea");
    stage.confirm("south sees what north has put there", stock, 10);
  },
};
