import { GolemError } from "../ground/golem-error.ts";

const LONGEST = 512;

/** @throws GolemError `InvalidRequest` unless the name may be a worker's */
export function assertWorkerName(name: string): void {
  const problem = problemOf(name);
  if (problem !== undefined) {
    throw new GolemError({
      type: "InvalidRequest",
      details: `Invalid worker name: Worker name must ${problem}`,
    });
  }
}

function problemOf(name: string): string | undefined {
  if (name.length < 1 || name.length > LONGEST) return `be between 1 and ${LONGEST} characters`;
  if (/\s/.test(name)) return "not contain whitespaces";
  if (name.includes("/")) return "not contain '/'";
  if (name.startsWith("-")) return "not start with '-'";
  return undefined;
}
