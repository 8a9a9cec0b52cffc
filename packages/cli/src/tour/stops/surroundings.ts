import type { Stop } from "../stop.ts";

export const commandLine: Stop = {
  title: "wasi:cli",
  shows: "The environment says who the worker is; what it prints is in its oplog",
  async play(guest) {
    const names = (await guest.call("environment")) as readonly string[];
    guest.check("the worker's name is among them", names.includes("GOLEM_WORKER_NAME"), true);
    await guest.call("print", "hello");
  },
};

export const logging: Stop = {
  title: "wasi:logging",
  shows: "A line with level and context, written once however often it is replayed",
  async play(guest) {
    await guest.call("log", "hello");
  },
};

export const clocks: Stop = {
  title: "wasi:clocks",
  shows: "The time of day, in seconds, and a sleep of 20 ms",
  async play(guest) {
    await guest.call("time");
    guest.check("slept long enough", Number(await guest.call("sleep", 20)) >= 20, true);
  },
};

export const poll: Stop = {
  title: "wasi:io",
  shows: "Waits for an hour, a millisecond and a day, and says which was the first",
  async play(guest) {
    guest.check("the first", await guest.call("poll"), Uint32Array.of(1));
  },
};

export const random: Stop = {
  title: "wasi:random",
  shows: "Random bytes of every kind, and how many there were",
  async play(guest) {
    guest.check("the lengths", await guest.call("random", 16), Uint32Array.of(16, 16, 16));
  },
};
