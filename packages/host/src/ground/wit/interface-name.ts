/** `wasi:io/poll@0.2.12` → `wasi:io/poll`. */
export function withoutVersion(interfaceId: string): string {
  const at = interfaceId.indexOf("@");
  return at === -1 ? interfaceId : interfaceId.slice(0, at);
}
