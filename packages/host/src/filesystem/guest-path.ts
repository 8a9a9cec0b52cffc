/** Names from the root down; none of them is empty, `.` or `..`. */
export type Segments = readonly string[];

/** True if `segments` is `ancestor` or below it. */
export function isWithin(segments: Segments, ancestor: Segments): boolean {
  return (
    segments.length >= ancestor.length && ancestor.every((segment, index) => segments[index] === segment)
  );
}

/** The absolute path that a guest would use. */
export function guestPath(segments: Segments): string {
  return `/${segments.join("/")}`;
}

export function endsInSlash(path: string): boolean {
  return path.endsWith("/");
}

/** A path may say by a slash that it names a directory; what it names stays the same, also where a link is. */
export function withoutSlashes(path: string): string {
  return path.startsWith("/") ? path : path.replace(/\/+$/, "");
}
