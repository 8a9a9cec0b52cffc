import { describeValue } from "../describe-value.ts";

/** An error and what it comes from, in one line: `Error: not placed (caused by HttpError: GET … failed)`. */
export function errorText(error: Error): string {
  return described(error, {
    own: String,
    join: (own, causes) => `${own} (caused by ${causes.join(" and ")})`,
  });
}

/** As {@link errorText}, with the stack of each, on many lines. */
export function errorReport(error: Error): string {
  return described(error, { own: withStack, join: (own, causes) => [own, ...causes].join("\ncaused by ") });
}

interface Style {
  readonly own: (error: Error) => string;
  readonly join: (own: string, causes: readonly string[]) => string;
}

/** @param told the errors that are described already: one may be its own cause */
function described(error: Error, style: Style, told: readonly Error[] = []): string {
  const own = style.own(error);
  if (told.includes(error)) return own;
  const causes = causesOf(error).map((cause) =>
    Error.isError(cause) ? described(cause, style, [...told, error]) : describeValue(cause),
  );
  return causes.length === 0 ? own : style.join(own, causes);
}

/** This engine's stacks begin with the first frame, those of others with the error's text. */
function withStack(error: Error): string {
  const text = String(error);
  const stack = (error.stack ?? "").trimEnd();
  return stack === "" || stack.startsWith(text) ? stack || text : `${text}\n${stack}`;
}

function causesOf(error: Error): readonly unknown[] {
  const several = "errors" in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  return error.cause === undefined ? several : [error.cause, ...several];
}
