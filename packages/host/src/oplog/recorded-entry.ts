import { type JsonTree, typeFromAnalysed, valueFromJson, type WitType } from "@golem-kit/wit";
import type { PublicOplogEntries, PublicOplogEntry } from "../ground/api/public-oplog.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { OplogEntry, OplogEntryCase, RecordedTypes } from "./entry.ts";
import { camelCaseEntry } from "./entry-names.ts";

/** What a host function records, by its recorded name. */
export type TypesOf = (recordedName: string) => RecordedTypes | undefined;

/** An entry of the public oplog that cannot be made into one to replay. */
class OplogEntryError extends Error {
  override readonly name = "OplogEntryError" as const;
}

interface TypedJson {
  readonly typ: unknown;
  readonly value: JsonTree;
}

/** An oplog to be replayed, and whose it was. */
export interface RecordedOplog {
  readonly workerId: WorkerId;
  readonly entries: readonly OplogEntry[];
}

/**
 * The oplog of a worker as it was, under its own name and with its own environment, but on that version of its component.
 *
 * @throws OplogEntryError
 */
export function recordedOplog(
  given: PublicOplogEntries,
  componentVersion: number,
  typesOf: TypesOf,
): RecordedOplog {
  const [create, ...entries] = given.map((entry) => recordedEntry(entry, typesOf));
  if (create?.type !== "Create") throw new OplogEntryError("An oplog must begin with its Create entry");
  return { workerId: create.workerId, entries: [{ ...create, componentVersion }, ...entries] };
}

/**
 * Makes an entry of the public oplog into one that can be replayed: the inverse of `publicEntry` as far as replaying goes.
 * Hints tell nothing to a replay, and become marks of their kind.
 *
 * @param typesOf what a host function records, by its recorded name
 * @throws OplogEntryError
 */
function recordedEntry(given: PublicOplogEntries[number], typesOf: TypesOf): OplogEntry {
  const { oplogIndex } = given;
  const entry = camelCaseEntry(given.entry);
  try {
    return { ...recordedCase(entry, typesOf), timestamp: Date.parse(entry.timestamp) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OplogEntryError(
      `The oplog's entry ${oplogIndex} (${entry.type}) cannot be replayed from a file: ${reason}`,
      { cause: error },
    );
  }
}

function recordedCase(entry: PublicOplogEntry, typesOf: TypesOf): OplogEntryCase {
  switch (entry.type) {
    case "ImportedFunctionInvoked":
      return importedCase(entry, typesOf);
    case "ExportedFunctionInvoked":
      return {
        type: "ExportedFunctionInvoked",
        functionName: String(entry["functionName"]),
        request: (entry["request"] as readonly TypedJson[]).map(typedValue),
        idempotencyKey: String(entry["idempotencyKey"]),
      };
    case "ExportedFunctionCompleted": {
      const [response] = typedValue(entry["response"] as TypedJson) as readonly unknown[];
      return { type: "ExportedFunctionCompleted", response };
    }
    case "ChangePersistenceLevel": {
      const level = String(entry["persistenceLevel"])
        .replaceAll(/(?<=.)[A-Z]/g, "-$&")
        .toLowerCase();
      return { type: "ChangePersistenceLevel", level } as OplogEntryCase;
    }
    case "ChangeRetryPolicy": {
      const policy = entry["newPolicy"] as Readonly<Record<string, unknown>>;
      const newPolicy = {
        ...policy,
        minDelay: milliseconds(policy["minDelay"]),
        maxDelay: milliseconds(policy["maxDelay"]),
      };
      return { type: "ChangeRetryPolicy", newPolicy } as OplogEntryCase;
    }
    case "PendingUpdate": {
      const { type, payload } = entry["description"] as {
        readonly type: string;
        readonly payload?: number[];
      };
      const description =
        type === "SnapshotBased" ? { type, payload: Uint8Array.from(payload ?? []) } : { type };
      return { type: "PendingUpdate", targetVersion: version(entry), description } as OplogEntryCase;
    }
    case "SuccessfulUpdate":
      return { type: "SuccessfulUpdate", targetVersion: version(entry), newComponentSize: 0 };
    // What waits for its turn is no part of a replay.
    case "PendingWorkerInvocation":
    case "CancelInvocation":
    case "FailedUpdate":
    case "DescribeResource":
      return { type: "Interrupted" };
    default: {
      const { timestamp: _, ...same } = entry;
      if (entry.type === "Log")
        return { ...same, level: String(entry["level"]).toLowerCase() } as OplogEntryCase;
      return same as unknown as OplogEntryCase;
    }
  }
}

/** The host's functions record a bare value where Golem shows a `result` of it. Their own types say what it is. */
function importedCase(entry: PublicOplogEntry, typesOf: TypesOf): OplogEntryCase {
  const functionName = String(entry["functionName"]);
  const known = typesOf(functionName);
  const shown = entry["response"] as TypedJson;
  const { type, isBare } = known === undefined ? shownType(functionName, shown.typ) : knownType(known);
  const json = isBare ? (shown.value as { readonly ok?: JsonTree }).ok : shown.value;
  return {
    type: "ImportedFunctionInvoked",
    functionName,
    request: undefined,
    response: type === null ? undefined : valueFromJson(type, json ?? null),
    durableFunctionType: entry["wrappedFunctionType"] as { readonly type: string },
    ...(known === undefined ? { types: { request: null, response: type } } : {}),
  } as OplogEntryCase;
}

interface ResponseType {
  /** `null` for nothing. */
  readonly type: WitType | null;
  /** Recorded without the `result` that Golem shows around it. */
  readonly isBare: boolean;
}

function knownType({ response, bare }: RecordedTypes): ResponseType {
  return { type: response, isBare: response?.kind !== "result" && bare !== true };
}

function shownType(functionName: string, typ: unknown): ResponseType {
  const shown = typeFromAnalysed(typ);
  if (shown.kind === "string" && functionName.startsWith("golem::rpc::"))
    throw new TypeError("what a call by name was answered is shown without its type");
  const isBare = functionName.startsWith("golem::rpc::") && shown.kind === "result" && shown.err === null;
  return { type: isBare ? shown.ok : shown, isBare };
}

/** Handles are numbers to a worker; whose they are is said in public only. */
function typedValue({ typ, value }: TypedJson): unknown {
  const handle = (urn: string): object => ({ handle: Number(urn.slice(urn.lastIndexOf("/") + 1)) });
  return valueFromJson(typeFromAnalysed(typ), value, { handle });
}

function version(entry: PublicOplogEntry): number {
  return Number(entry["targetVersion"]);
}

/** `1s`, `100ms` */
function milliseconds(text: unknown): number {
  const [, number = "0", unit] = /^([\d.]+)(ms|s)$/.exec(String(text)) ?? [];
  return unit === "s" ? Number(number) * 1_000 : Number(number);
}
