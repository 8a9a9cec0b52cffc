import { isDeepStrictEqual } from "node:util";
import type { ProgramServer } from "../program-server.ts";
import { BLOB_REPEATS, BUCKET, type Call, CONTAINER } from "./call.ts";
import type { Load } from "./load.ts";

/** How many requests are under way at a time. */
const AT_ONCE = 8;

/** How long a worker may take to come back and do what it accepted, in milliseconds. */
const PATIENCE = 60_000;

/**
 * What is wrong with the workers after all the killing: nothing, if every promise was kept.
 *
 * @throws RestError, UserError
 */
export async function problemsAfter(load: Load, server: ProgramServer): Promise<string[]> {
  const expected = new Map<string, string[]>();
  for (const { traces } of load.sent)
    for (const [worker, line] of traces.notes) expected.set(worker, [...(expected.get(worker) ?? []), line]);
  return [
    ...(await each([...load.answers], ([call, answer]) => problemsOfAnswer(server, call, answer))),
    ...(await each([...expected], ([name, lines]) => problemsOfWorker(server, name, lines))),
    ...(await each(load.sent, (call) => problemsOfStores(server, call))),
    ...(await each([...new Set(load.sent.map(({ worker }) => worker))], (name) =>
      problemsOfFiles(server, name, load.sent),
    )),
  ];
}

async function problemsOfAnswer(server: ProgramServer, call: Call, answer: unknown): Promise<string[]> {
  const problems: string[] = [];
  const again = await call.send(server);
  const { kind, key } = call;
  if (!isDeepStrictEqual(again, answer))
    problems.push(`${kind} (${key}) was answered ${show(answer)}, and then ${show(again)}`);
  if (call.isRight?.(answer) === false) problems.push(`${kind} (${key}) was answered ${show(answer)}`);
  return problems;
}

async function problemsOfWorker(
  server: ProgramServer,
  name: string,
  expected: readonly string[],
): Promise<string[]> {
  const worker = server.worker(name);
  const noted = async (): Promise<string[]> => (await worker.run([["noted"]]))[0] as string[];
  // What was accepted or scheduled may still be on its way.
  const end = Date.now() + PATIENCE;
  let lines = await noted();
  while (Date.now() < end && expected.some((line) => !lines.includes(line))) lines = await noted();
  const counts = Map.groupBy(lines, (line) => line);
  const problems = expected.flatMap((line) => {
    const times = counts.get(line)?.length ?? 0;
    return times === 1 ? [] : [`${name} has done "${line}" ${times} times`];
  });
  const begun = await worker.begun();
  if (new Set(begun).size !== begun.length) problems.push(`${name} has begun an invocation twice`);
  const { status } = await worker.metadata();
  return status === "Idle" ? problems : [...problems, `${name} is ${status}`];
}

async function problemsOfStores(server: ProgramServer, { traces }: Call): Promise<string[]> {
  const reader = server.worker("reader");
  const { keyValue, blob } = traces;
  if (keyValue !== undefined) {
    const [value] = await reader.run([["kv.get", BUCKET, keyValue]]);
    if (value !== keyValue) return [`The value of ${keyValue} is ${show(value)}`];
  }
  if (blob !== undefined) {
    const [content, latest] = await reader.run([
      ["blob.read-all", CONTAINER, blob],
      ["blob.read-all", CONTAINER, "latest"],
    ]);
    if (content !== `${blob}|`.repeat(BLOB_REPEATS)) return [`The content of ${blob} is torn`];
    const [first = ""] = String(latest).split("|");
    if (latest !== `${first}|`.repeat(BLOB_REPEATS)) return ["The content of the latest blob is torn"];
  }
  return [];
}

/** A worker's file has what the worker remembers to have written. */
async function problemsOfFiles(
  server: ProgramServer,
  name: string,
  sent: readonly Call[],
): Promise<string[]> {
  const wrote = sent.filter(({ kind, worker }) => kind === "files" && worker === name).map(({ key }) => key);
  if (wrote.length === 0) return [];
  const [lines, content] = (await server.worker(name).run([["noted"], ["fs.read", "notes"]])) as [
    string[],
    unknown,
  ];
  const expected = lines.filter((line) => wrote.includes(line)).map((line) => `${line}\n`);
  return content === expected.join("")
    ? []
    : [`The file of ${name} has ${show(content)}, not ${show(expected)}`];
}

/** A few at a time. */
async function each<T>(items: readonly T[], look: (item: T) => Promise<string[]>): Promise<string[]> {
  const problems: string[] = [];
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift())
      problems.push(...(await look(item)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return problems;
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 300);
}
