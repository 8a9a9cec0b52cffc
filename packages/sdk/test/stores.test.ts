import { afterAll, beforeAll, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());
for (const s of ["bucket","codecs","container","containers","failed stores"]) test(s, async () => {
  const w = s.replace(" ","-");
  console.log(s, JSON.stringify(await lab.run(w, s), null, 1));
  console.log(await lab.host.workers.handles({componentId: lab.componentId, workerName: w}));
});
for (const s of ["whole files", "handles","appending","directories","links","times","streams","cancelled streams","file errors","logs","output","environment","randomness","console"]) test(s, async () => {
  const w = s.replace(" ","-");
  if (s === "environment") await lab.host.workers.create(lab.componentId, {name: w, args: ["x","y"], env: {COLOR:"red"}});
  await lab.run(w, s);
  console.log(s,await lab.host.workers.handles({componentId: lab.componentId, workerName: w}));
});
test("large", async () => {
  for (const n of ["1","8","16"]) {
    await lab.run("large"+n, "large object", n);
    console.log(n, (await lab.host.workers.get({componentId: lab.componentId, workerName: "large"+n})).totalLinearMemorySize/1048576);
    await lab.run("lf"+n, "large file", n);
    console.log(n, (await lab.host.workers.get({componentId: lab.componentId, workerName: "lf"+n})).totalLinearMemorySize/1048576);
  }
});
