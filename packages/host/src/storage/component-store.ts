import type { DatabaseSync } from "node:sqlite";

import type { Component } from "../ground/api/components.ts";
import { rowChecksum } from "./row-checksum.ts";
import { damage } from "../ground/storage-error.ts";
import { prepareStatements, type Statements } from "./statements.ts";

const SQL = {
  add: "insert into component (component_id, version, name, wasm_hash, description, checksum) values (?, ?, ?, ?, ?, ?)",
  all: "select component_id, version, name, wasm_hash, description, checksum from component order by sequence",
  latestVersion: "select max(version) as version from component where component_id = ?",
  idOf: "select component_id from component where name = ? limit 1",
  checkpoint: "pragma wal_checkpoint(truncate)",
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

  /**
   * Moves what is committed out of the write-ahead log, so that no damage to the log's end takes a component along: a few
   * milliseconds.
   */
  add({ wasmHash, component }: StoredComponent): void {
    const { run, sql } = this.#statements;
    const { componentId, version } = component.versionedComponentId;
    const columns = [
      componentId,
      version,
      component.componentName,
      wasmHash,
      JSON.stringify(component),
    ] as const;
    run(() => {
      sql.add.run(...columns, rowChecksum(...columns));
      sql.checkpoint.get();
    });
  }

  /** In order of creation. @throws StorageError if one is not as it was written */
  all(): StoredComponent[] {
    const { run, sql } = this.#statements;
    return run(() => sql.all.all()).map((row) => this.#stored(row));
  }

  #stored(row: Record<string, unknown>): StoredComponent {
    const wasmHash = String(row["wasm_hash"]);
    const description = String(row["description"]);
    const checksum = rowChecksum(
      String(row["component_id"]),
      Number(row["version"]),
      String(row["name"]),
      wasmHash,
      description,
    );
    if (checksum !== row["checksum"])
      throw damage(this.#file, "the description of a component is not what was written", RESTORE);
    return { wasmHash, component: JSON.parse(description) as Component };
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
