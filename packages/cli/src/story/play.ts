import pc from "picocolors";
import type { Scene } from "./scene.ts";
import { Stage, type StageOptions } from "./stage.ts";

/** Plays scenes, one after the other. */
export async function playStory(scenes: readonly Scene[], options: StageOptions): Promise<void> {
  await using stage = new Stage({ ...options, print: (line) => options.print(`   ${line}`) });
  for (const [index, scene] of scenes.entries()) {
    options.print(`\n${pc.bold(`${index + 1}  ${scene.title}`)}`);
    await scene.play(stage);
  }
}
