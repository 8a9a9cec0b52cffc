import type { RpcDynamicLinking } from "@golem-kit/wit";
import type { ComponentType, InitialFile } from "../manifest/application.ts";

/** A component that is ready to be deployed. */
export interface BuiltComponent {
  readonly name: string;
  /** Absolute. */
  readonly wasmPath: string;
  /** The program, bundled; absolute. */
  readonly programPath: string;
  /** Source map of the program, for stack traces of the guest; absolute. */
  readonly mapPath: string;
  readonly componentType: ComponentType;
  /** Hash of all that decides how it is built, its WIT among it, apart from its program. */
  readonly fingerprint: string;
  /** The files that its program was made of; absolute. */
  readonly sources: readonly string[];
  /** Which worker component serves each client interface. */
  readonly dynamicLinking: RpcDynamicLinking;
  readonly files: readonly InitialFile[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether nothing had changed, so that nothing was done. */
  readonly upToDate: boolean;
  readonly size: ComponentSize;
}

/** In bytes. */
export interface ComponentSize {
  readonly total: number;
  /** The JavaScript engine, its initial heap and the bindings, which every component carries. */
  readonly engine: number;
  /** The component's own JavaScript, with everything that it bundles. */
  readonly program: number;
}
