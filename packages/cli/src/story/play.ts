import pc from "picocolors";
import { crash } from "./crash.ts";
import { files } from "./files.ts";
import { kill } from "./kill.ts";
import { remoteCalls } from "./remote-calls.ts";
import { sharedState } from "./shared-state.ts";
import { Stage, type StageOptions } from "./stage.ts";

const scenes = [sharedState, remoteCalls, files, crash, kill];

/**
 * Plays the scenes whose components are there, one after the other.
 *
 * @returns how many were played
 */
export async function playStory(options: StageOptions): Promise<number> {
  await using stage = new Stage({ ...options, print: (line) => options.print(`   ${line}`) });
  const possible = scenes.filter((scene) => scene.needs.every((name) => options.components.has(name)));
  for (const [index, scene] of possible.entries()) {
    options.print(`\n${pc.bold(`${index + 1}  ${scene.title}`)}`);
    await scene.play(stage);
  }
  return possible.length;
}
