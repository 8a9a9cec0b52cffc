import { median } from "./median.ts";

/** Something to be timed; `run` does it once. */
export interface Subject {
  readonly name: string;
  readonly run: () => Promise<unknown>;
  /** How often it is run in one round. @default 200 */
  readonly runs?: number;
}

/** Microseconds that one run takes: the median of the rounds, by name. */
export type Timings = ReadonlyMap<string, number>;

const ROUNDS = 15;
const DEFAULT_RUNS = 200;

/**
 * Times the subjects in turns, round after round, so that whatever else the machine does strikes all of them: only the
 * ratios between the results mean something.
 */
export async function interleave(
  subjects: readonly Subject[],
  onRound: (round: number, of: number) => void,
): Promise<Timings> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (const subject of subjects) await timed(subject);
  for (let round = 1; round <= ROUNDS; round += 1) {
    onRound(round, ROUNDS);
    for (const subject of subjects) times.get(subject.name)?.push(await timed(subject));
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

async function timed({ run, runs = DEFAULT_RUNS }: Subject): Promise<number> {
  const start = process.hrtime.bigint();
  for (let count = 0; count < runs; count += 1) await run();
  return Number(process.hrtime.bigint() - start) / runs / 1_000;
}
