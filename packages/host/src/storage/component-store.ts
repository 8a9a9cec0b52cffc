import type { DatabaseSync } from "node:sqlite";

import type { Component } from "../api.ts";
import { damage } from "./storage-error.ts";
import { prepareStatements, type Statements } from "./statements.ts";

const SQL = {
  add: "insert into component (component_id, version, name, wasm_hash, description) values (?, ?, ?, ?, ?)",
  all: "select wasm_hash, description from component order by sequence",
  latestVersion: "select max(version) as version from component where component_id = ?",
  idOf: "select component_id from component where name = ? limit 1",
} as const;

/** What to do about a changed description: without the file, no worker has its component. */
const RESTORE = "restore it from a backup, for all components are described in it";

export interface StoredComponent {
  readonly wasmHash: string;
  readonly component: Component;
}

/** Every version of every component. Only the router writes it; shards look names and versions up. */
export class ComponentStore {
  readonly #statements: Statements<keyof typeof SQL>;
  readonly #file: string;

  constructor(database: DatabaseSync, file: string) {
    this.#file = file;
    this.#statements = prepareStatements(database, file, SQL);
  }

  add({ wasmHash, component }: StoredComponent): void {
    const { run, sql } = this.#statements;
    const { componentId, version } = component.versionedComponentId;
    run(() =>
      sql.add.run(componentId, version, component.componentName, wasmHash, JSON.stringify(component)),
    );
  }

  /** In order of creation. @throws StorageError if one is not as it was written */
  all(): StoredComponent[] {
    const { run, sql } = this.#statements;
    return run(() => sql.all.all()).map((row) => ({
      wasmHash: String(row["wasm_hash"]),
      component: this.#described(String(row["description"])),
    }));
  }

  #described(description: string): Component {
    try {
      return JSON.parse(description) as Component;
    } catch {
      throw damage(this.#file, "the description of a component is not what was written", RESTORE);
    }
  }

  latestVersion(componentId: string): number | undefined {
    const { run, sql } = this.#statements;
    const version = run(() => sql.latestVersion.get(componentId))?.["version"];
    return typeof version === "number" ? version : undefined;
  }

  idOf(name: string): string | undefined {
    const { run, sql } = this.#statements;
    const id = run(() => sql.idOf.get(name))?.["component_id"];
    return typeof id === "string" ? id : undefined;
  }
}
