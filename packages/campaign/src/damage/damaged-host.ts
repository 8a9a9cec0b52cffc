import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { EmbeddedProgram } from "../embedded-program.ts";
import { type BitFlip, flipBit, type Flipped } from "./bit-flip.ts";
import { type Witness, witnesses } from "./witnesses.ts";

/** The data directory of a host that is not there any more, and what its workers answered last. */
export interface Remains {
  readonly dataDir: string;
  readonly componentId: string;
  readonly answers: ReadonlyMap<Witness, unknown>;
}

/** What became of a host one of whose bits was flipped. */
export interface Aftermath {
  readonly flipped: Flipped;
  /** What nobody was told, and what should not have gone wrong. */
  readonly problems: readonly string[];
  readonly noticed: boolean;
}

/** @param end how the host ends */
export async function remains(dataDir: string, end: "close" | "kill"): Promise<Remains> {
  const live = end === "close" ? dataDir : await mkdtemp(join(tmpdir(), "golem-kit-damage-"));
  try {
    await using embedded = await EmbeddedProgram.open({ dataDir: live });
    const answers = new Map<Witness, unknown>();
    for (const witness of witnesses) {
      await embedded.run(witness.name, witness.doing);
      answers.set(witness, await embedded.run(witness.name, witness.asking));
    }
    // A copy of what a running host has written is what a killed one leaves.
    if (end === "kill") await cp(live, dataDir, { recursive: true });
    return { dataDir, componentId: embedded.componentId, answers };
  } finally {
    if (live !== dataDir) await rm(live, { recursive: true });
  }
}

/** Flips a bit of a copy of the remains, starts a host on it, and asks every worker. */
export async function afterFlip(
  { dataDir, componentId, answers }: Remains,
  flip: BitFlip,
): Promise<Aftermath> {
  const copy = await mkdtemp(join(tmpdir(), "golem-kit-damage-"));
  try {
    await cp(dataDir, copy, { recursive: true });
    const flipped = await flipBit(copy, flip);
    // A damaged write-ahead log is told of its database too.
    const file = flipped.file.replace(/-(wal|shm)$/, "");
    const names = (told: string): boolean => told.includes(file);
    const problems: string[] = [];
    let noticed = false;
    try {
      await using embedded = await EmbeddedProgram.reopen(componentId, { dataDir: copy });
      for (const [{ name, asking }, expected] of answers) {
        const answer = await embedded.run(name, asking).catch((error: unknown) => String(error));
        if (isDeepStrictEqual(answer, expected)) continue;
        noticed = true;
        const told = JSON.stringify(answer);
        if (!names(told)) problems.push(`${name} answers ${told}, not ${JSON.stringify(expected)}`);
      }
      problems.push(...embedded.host.damage.filter((told) => !names(told)));
      noticed ||= embedded.host.damage.length > 0;
    } catch (error) {
      noticed = true;
      if (!names(String(error))) problems.push(`The host does not start: ${String(error)}`);
    }
    return { flipped: { ...flipped, file: flipped.file.slice(copy.length + 1) }, problems, noticed };
  } finally {
    await rm(copy, { recursive: true });
  }
}
