import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { DiskEvent, TimedEvent } from "./disk-event.ts";

/** How strace is to be called, for `parseTrace`. With -D the process that is started is the one that is looked at. */
export function straceOf(file: string): readonly string[] {
  const calls = [
    ...Object.keys(READERS),
    "writev",
    "pwritev",
    "fallocate",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
  ];
  const options = [
    "-D",
    "-f",
    "--seccomp-bpf",
    "-qq",
    "-y",
    "-ttt",
    "-e",
    "signal=none",
    "-s",
    String(LONGEST_WRITE),
    "-o",
    file,
  ];
  return ["strace", ...options, "-e", `trace=${calls.join(",")}`];
}

/** Bytes; no write of the host is longer. */
const LONGEST_WRITE = 4 * 2 ** 20;

const LINE = /^(?<thread>\d+) +(?<seconds>[\d.]+) (?<rest>.*)$/s;
const RESUMED = /^<\.\.\. \w+ resumed>/;
const UNFINISHED = " <unfinished ...>";
const CALL = /^(?<name>\w+)\((?<args>.*)\) += (?<result>-?\d+)/s;
const FILE = /^(?:\d+|AT_FDCWD)<(?<path>[^>]*)>/;
const TEXT = /"(?:[^"\\]|\\.)*"(?:\.\.\.)?/gs;

/** Where a call has a file of its own, and what it does to it. */
const READERS: Readonly<Record<string, (call: TracedCall) => DiskEvent | undefined>> = {
  openat: ({ args, texts: [path = ""] }) => {
    if (args.includes("O_TRUNC")) return { type: "truncate", path };
    return args.includes("O_CREAT") ? { type: "create", path } : undefined;
  },
  pwrite64: ({ path, args, data }) => ({
    type: "write",
    path,
    at: Number(/(\d+)$/.exec(args)?.[1]),
    data: data(),
  }),
  write: ({ path, data }) =>
    path.startsWith("/")
      ? { type: "write", path, at: undefined, data: data() }
      : { type: "send", text: Buffer.from(data()).toString("latin1") },
  fsync: ({ path }) => ({ type: "sync", path }),
  fdatasync: ({ path }) => ({ type: "sync", path }),
  ftruncate: ({ path, args }) => ({ type: "resize", path, size: Number(/(\d+)$/.exec(args)?.[1]) }),
  rename: ({ texts: [path = "", to = ""] }) => ({ type: "rename", path, to }),
  unlink: ({ texts: [path = ""] }) => ({ type: "unlink", path }),
  rmdir: ({ texts: [path = ""] }) => ({ type: "unlink", path }),
  mkdir: ({ texts: [path = ""] }) => ({ type: "make-folder", path }),
};

interface TracedCall {
  readonly args: string;
  /** Of the first argument, if that is a file or a socket. */
  readonly path: string;
  readonly texts: readonly string[];
  /** What the first text stands for. */
  readonly data: () => Uint8Array;
}

/**
 * What a process did, by the record of `strace`, in the order in which the calls were over: a flush counts for what was
 * written before it began, and what is written for as soon as it begins.
 *
 * @param isMeant which files matter
 * @throws Error for a call on such a file that is not understood
 */
export async function parseTrace(file: string, isMeant: (path: string) => boolean): Promise<TimedEvent[]> {
  const events: TimedEvent[] = [];
  const begun = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(file, "latin1") })) {
    const { thread = "", seconds = "", rest = "" } = LINE.exec(line)?.groups ?? {};
    const time = Number(seconds) * 1_000;
    if (rest.endsWith(UNFINISHED)) {
      begun.set(thread, rest.slice(0, -UNFINISHED.length));
      continue;
    }
    const whole = rest.replace(RESUMED, () => begun.get(thread) ?? "");
    const event = eventOf(whole, isMeant);
    if (event !== undefined) events.push({ time, event });
  }
  return events;
}

function eventOf(line: string, isMeant: (path: string) => boolean): DiskEvent | undefined {
  const { name = "", args = "", result = "-1" } = CALL.exec(line)?.groups ?? {};
  const path = FILE.exec(args)?.groups?.["path"] ?? "";
  if (Number(result) < 0)
    return name.endsWith("sync") && isMeant(path) ? { type: "failed-sync", path } : undefined;
  const quoted = args.match(TEXT) ?? [];
  const texts = name.startsWith("pwrite") || name === "write" ? [] : quoted.map((each) => each.slice(1, -1));
  if (![path, ...texts].some((each) => isMeant(each) || (name === "write" && each.startsWith("socket:"))))
    return undefined;
  const read = READERS[name];
  if (read === undefined) throw new Error(`Not understood: ${line.slice(0, 200)}`);
  return read({ args, path, texts, data: () => bytesOf(quoted[0] ?? "") });
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", v: "\v", f: "\f" };

function bytesOf(quoted: string): Uint8Array {
  if (quoted.endsWith("...")) throw new Error(`A write is longer than ${LONGEST_WRITE} bytes`);
  const text = quoted
    .slice(1, -1)
    .replaceAll(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
      /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
    );
  return Buffer.from(text, "latin1");
}
