import { programComponent, type ProgramEdit } from "../program-component.ts";

/** A version of the program, and whether whatever was done on the others is replayed on it. */
export interface ProgramVersion {
  readonly wasm: Uint8Array;
  readonly fits: boolean;
}

const ECHO = { file: "own-steps.ts", from: "echo: (text: string) => text," } as const;
const NOTE = {
  file: "own-steps.ts",
  from: "note: (text: string) => noted.push(text),",
  to: "note: (text: string) => [getOplogIndex(), noted.push(text)][1],",
} as const;

/**
 * Versions as a person saves them: some that do what the first one does, and one whose `note` makes a call more. Whatever runs
 * on it does right; what was done before is not replayed on it. The last one fits.
 *
 * @param count at least 2
 */
export async function programVersions(count: number): Promise<readonly ProgramVersion[]> {
  const versions: ProgramVersion[] = [{ wasm: await programComponent(), fits: true }];
  for (let number = 1; number < count; number += 1) {
    const edition = { ...ECHO, to: `${ECHO.from} edition: () => ${number},` };
    const edits: ProgramEdit[] = number === 1 ? [edition, NOTE] : [edition];
    versions.push({ wasm: await programComponent(edits), fits: number !== 1 });
  }
  return versions;
}
