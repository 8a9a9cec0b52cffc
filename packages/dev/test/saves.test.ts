import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Saves } from "../src/saves.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("events that come close to one another are one save", async () => {
  const saves = new Saves();
  const next = saves.next();
  for (const path of ["a", "b", "a"]) {
    saves.note(path);
    await vi.advanceTimersByTimeAsync(30);
  }
  await vi.advanceTimersByTimeAsync(10);

  expect([...((await next) ?? [])]).toEqual(["a", "b"]);
});

test("events without end are taken after half a second", async () => {
  const saves = new Saves();
  const taken = vi.fn<(paths: ReadonlySet<string> | undefined) => void>();
  void saves.next().then(taken);
  for (let at = 0; at < 24; at += 1) {
    saves.note(String(at));
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(taken).not.toHaveBeenCalled();

  for (let at = 24; at < 27; at += 1) {
    saves.note(String(at));
    await vi.advanceTimersByTimeAsync(20);
  }

  expect(taken).toHaveBeenCalledOnce();
});

test("what comes while nobody waits is kept", async () => {
  const saves = new Saves();
  saves.note("a");
  await vi.advanceTimersByTimeAsync(1_000);

  expect(await saves.next()).toEqual(new Set(["a"]));
});

test("whoever waits is let go when it is over", async () => {
  const saves = new Saves();
  const next = saves.next();
  saves.close();

  expect(await next).toBeUndefined();
});
