import { componentEmbed, componentNew, parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import { beforeAll, describe, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest/rest-host.ts";

const WIT = `
  package it:waiting;

  package wasi:io@0.2.0 {
    interface poll { resource pollable { block: func(); } }
  }
  package wasi:clocks@0.2.0 {
    interface monotonic-clock {
      use wasi:io/poll@0.2.0.{pollable};
      subscribe-duration: func(when: u64) -> pollable;
    }
  }

  interface api {
    resource thing { constructor(); }
    make-and-drop: func();
    dropped: func() -> u32;
  }
  world w {
    import wasi:clocks/monotonic-clock@0.2.0;
    export api;
  }`;

/** A resource whose destructor sleeps a millisecond, and then counts. */
const MODULE = `(module
  (import "wasi:clocks/monotonic-clock@0.2.0" "subscribe-duration" (func $after (param i64) (result i32)))
  (import "wasi:io/poll@0.2.0" "[method]pollable.block" (func $block (param i32)))
  (import "wasi:io/poll@0.2.0" "[resource-drop]pollable" (func $drop-pollable (param i32)))
  (import "[export]it:waiting/api" "[resource-new]thing" (func $new (param i32) (result i32)))
  (import "[export]it:waiting/api" "[resource-drop]thing" (func $drop (param i32)))
  (global $dropped (mut i32) (i32.const 0))
  (func (export "it:waiting/api#[constructor]thing") (result i32) (call $new (i32.const 1)))
  (func (export "it:waiting/api#make-and-drop") (call $drop (call $new (i32.const 1))))
  (func (export "it:waiting/api#dropped") (result i32) (global.get $dropped))
  (func (export "it:waiting/api#[dtor]thing") (param i32) (local $pollable i32)
    (local.set $pollable (call $after (i64.const 1000000)))
    (call $block (local.get $pollable))
    (call $drop-pollable (local.get $pollable))
    (global.set $dropped (i32.add (global.get $dropped) (i32.const 1)))))`;

describe("the destructor of a resource may wait", () => {
  const host = new RestHost();
  let waiting: RestComponent;
  beforeAll(async () => {
    const module = await componentEmbed({ binary: await parse(MODULE), witSource: WIT, world: "w" });
    waiting = await host.deploy("it:waiting", await componentNew(module));
  });

  test("when its owner drops it", async () => {
    const worker = waiting.worker("by-handle");
    const handle = await worker.call("it:waiting/api.{[constructor]thing}");
    await worker.call("it:waiting/api.{[drop]thing}", handle);
    expect(await worker.call("it:waiting/api.{dropped}")).toBe(1);
  });

  test("when the component itself drops it", async () => {
    const worker = waiting.worker("by-itself");
    await worker.call("it:waiting/api.{make-and-drop}");
    expect(await worker.call("it:waiting/api.{dropped}")).toBe(1);
  });

  test("again when it is replayed", async () => {
    const worker = waiting.worker("replayed");
    await worker.call("it:waiting/api.{make-and-drop}");
    await worker.crash();
    await worker.call("it:waiting/api.{thing().drop}");
    expect(await worker.call("it:waiting/api.{dropped}")).toBe(2);
  });
});
