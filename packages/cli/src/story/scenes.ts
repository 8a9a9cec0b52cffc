import { crash } from "./crash.ts";
import { files } from "./files.ts";
import { kill } from "./kill.ts";
import { remoteCalls } from "./remote-calls.ts";
import type { Scene } from "./scene.ts";
import { sharedState } from "./shared-state.ts";

const scenes: readonly Scene[] = [sharedState, remoteCalls, files, crash, kill];

/** The scenes whose components an application has. */
export function possibleScenes(has: (componentName: string) => boolean): readonly Scene[] {
  return scenes.filter((scene) => scene.needs.every(has));
}
