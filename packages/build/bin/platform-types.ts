import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { platformTypes } from "../src/types/platform-types.ts";

const root = new URL("../../../", import.meta.url);
const types = await platformTypes(fileURLToPath(new URL("wit/deps", root)));
await writeFile(new URL("packages/sdk/types/platform.d.ts", root), types);
