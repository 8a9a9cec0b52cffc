import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { mendPlainResources } from "../src/componentize/plain-resources.ts";

/** As componentize-js writes them, for `wasi:sockets/network.network` and a resource that has a class. */
const bindings = `
const symbolDispose = Symbol("dispose");
const symbolRscHandle = Symbol("handle");
const calls = [];
const finalizationRegistry_import$network_0_2_0$network = { unregister: () => calls.push("unregister") };
const $resource_import$network_0_2_0$drop$network = (handle) => calls.push("drop " + handle);
class import_poll_0_2_0$Pollable { }
const pollable = () => Object.create(import_poll_0_2_0$Pollable.prototype);
function instanceNetwork() {
  var rsc0 = Object.create(import_network_0_2_0$Network.prototype);
  Object.defineProperty(rsc0, symbolRscHandle, { writable: true, value: 7 });
  return rsc0;
}
`;

test("a resource without methods gets a class, and its handle is dropped", () => {
  const use = "pollable(); instanceNetwork()[symbolDispose](); calls.join();";

  expect(() => runInNewContext(bindings + use)).toThrow("import_network_0_2_0$Network is not defined");
  expect(runInNewContext(mendPlainResources(bindings) + use)).toBe("unregister,drop 7");
});

test("bindings that lack nothing stay as they are", () => {
  const complete = mendPlainResources(bindings);

  expect(mendPlainResources(complete)).toBe(complete);
});
