import type { OplogPage, PublicOplogEntry } from "@golem-kit/host";
import { readGuestFailure } from "./failure/guest-failure.ts";

const LONGEST = 100;

/** One line about an oplog entry. */
function describePublicEntry(entry: PublicOplogEntry): string {
  const { type, timestamp: _, ...rest } = entry;
  const { functionName, request, response } = rest;
  switch (type) {
    case "ExportedFunctionInvoked":
      return cut(`${type} ${String(functionName)}(${valuesOf(request)})`);
    case "ImportedFunctionInvoked":
      return cut(`${type} ${String(functionName)} ${valuesOf(request)} → ${valuesOf(response)}`);
    case "ExportedFunctionCompleted":
      return cut(`${type} → ${valuesOf(response)}`);
    case "Error":
      return cut(`${type} ${readGuestFailure(String(rest["error"])).message.split("\n", 1)[0]}`);
    case "Log":
      return cut(`${type} ${String(rest["level"])} ${JSON.stringify(rest["message"])}`);
    case "EndAtomicRegion":
    case "EndRemoteWrite":
      return `${type} of ${String(rest["beginIndex"])}`;
    default:
      return type;
  }
}

/** Entries, one on a line, with their indices. @param marked index of the one that it is about */
export function excerpt(entries: OplogPage["entries"], marked?: number): string {
  return entries
    .map(({ oplogIndex, entry }) => {
      return `  ${oplogIndex === marked ? ">" : " "} ${oplogIndex} ${describePublicEntry(entry)}`;
    })
    .join("\n");
}

/** Typed values without their types. */
function valuesOf(given: unknown): string {
  if (Array.isArray(given)) return given.map(valuesOf).join(", ");
  const isTyped = typeof given === "object" && given !== null && "typ" in given && "value" in given;
  return given === undefined ? "" : printValue(isTyped ? given.value : given);
}

/** As JSON, with what JSON has not: values that differ are printed differently. */
export function printValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printValue).join(",")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([name, part]) => `${JSON.stringify(name)}:${printValue(part)}`)
      .join(",")}}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function cut(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
