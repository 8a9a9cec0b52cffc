import { nearestName } from "@golem-kit/wit";
import { z } from "zod";

/** An object in which any other key is a mistake; the message names the key that was probably meant. */
function keys<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? unknownKey(issue.keys[0] ?? "", Object.keys(shape)) : undefined,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === undefined
    ? `unknown key \`${key}\`; known here: ${known.join(", ")}`
    : `unknown key \`${key}\`; did you mean \`${nearest}\`?`;
}

const strings = z.array(z.string());

const externalCommand = keys({
  command: z.string(),
  dir: z.string().optional(),
  rmdirs: strings.optional(),
  mkdirs: strings.optional(),
  sources: strings.optional(),
  targets: strings.optional(),
});

const commands = z.record(z.string(), z.array(externalCommand));

const initialFile = keys({
  sourcePath: z.string().min(1, "must not be empty"),
  targetPath: z.string().startsWith("/", "must be an absolute path: it is the path that the worker sees"),
  permissions: z.enum(["read-only", "read-write"]).default("read-only"),
});

const plugin = keys({
  name: z.string(),
  version: z.string(),
  parameters: z.record(z.string(), z.string()).optional(),
});

const properties = {
  sourceWit: z.string().optional(),
  generatedWit: z.string().optional(),
  componentWasm: z.string().optional(),
  linkedWasm: z.string().optional(),
  build: z.array(externalCommand).optional(),
  customCommands: commands.optional(),
  clean: strings.optional(),
  componentType: z.enum(["durable", "ephemeral", "library"]).optional(),
  files: z.array(initialFile).optional(),
  plugins: z.array(plugin).optional(),
  env: z.record(z.string().regex(/^[^a-z]+$/, "must be upper case"), z.string()).optional(),
};

const profiles = {
  profiles: z.record(z.string(), keys(properties)).optional(),
  defaultProfile: z.string().optional(),
};

const dependency = keys({
  type: z.enum(["wasm-rpc", "static-wasm-rpc", "wasm-rpc-static", "wasm"]),
  target: z.string().optional(),
  path: z.string().optional(),
  url: z.string().optional(),
});

const route = keys({
  method: z.string(),
  path: z.string(),
  security: z.string().optional(),
  binding: keys({
    type: z.enum(["default", "cors-preflight", "file-server", "http-handler"]).optional(),
    componentName: z.string().optional(),
    componentVersion: z.union([z.string(), z.number()]).optional(),
    idempotencyKey: z.string().optional(),
    invocationContext: z.string().optional(),
    response: z.string().optional(),
  }),
});

const httpApi = keys({
  definitions: z
    .record(
      z.string(),
      keys({ version: z.string(), project: z.string().optional(), routes: z.array(route).optional() }),
    )
    .optional(),
  deployments: z
    .record(
      z.string(),
      z.array(
        keys({
          host: z.string(),
          subdomain: z.string().optional(),
          definition: strings.optional(),
          definitions: strings.optional(),
        }),
      ),
    )
    .optional(),
});

const commandLineProfile = keys({
  default: z.boolean().optional(),
  cloud: z.boolean().optional(),
  project: z.string().optional(),
  url: z.string().optional(),
  workerUrl: z.string().optional(),
  format: z.enum(["text", "json", "yaml"]).optional(),
  buildProfile: z.string().optional(),
  autoConfirm: z.boolean().optional(),
  redeployWorkers: z.boolean().optional(),
  redeployHttpApi: z.boolean().optional(),
  redeployAll: z.boolean().optional(),
});

/** One `golem.yaml`, as Golem's command line 1.2 accepts it. */
export const manifestSchema = keys({
  includes: strings.optional(),
  tempDir: z.string().optional(),
  witDeps: strings.optional(),
  templates: z.record(z.string(), keys({ ...properties, ...profiles })).optional(),
  components: z
    .record(z.string(), keys({ template: z.string().optional(), ...properties, ...profiles }))
    .optional(),
  dependencies: z.record(z.string(), z.array(dependency)).optional(),
  customCommands: commands.optional(),
  clean: strings.optional(),
  httpApi: httpApi.optional(),
  profiles: z.record(z.string(), commandLineProfile).optional(),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestComponent = NonNullable<Manifest["components"]>[string];
export type ManifestProperties = z.output<ReturnType<typeof keys<typeof properties>>>;
