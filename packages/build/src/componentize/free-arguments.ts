/**
 * Lets the bindings that componentize-js generates give back the memory of an import's arguments when it returns.
 *
 * The bindings copy strings and lists into memory to pass them on, and leave the copies there until the exported function
 * ends: one that writes a large object in pieces would hold all of them. What an export returns is left alone: the engine
 * frees it when the caller has read it.
 */
export function freeArguments(bindings: string): string {
  const parts = bindings.split(/^(?=(?:async )?function export_|(?!\}|\s).)/m);
  const mended = parts.map((part) => (isExport(part) ? forgetFormerOnes(part) : trackAllocations(part)));
  return `${mended.join("")}\n${RUNTIME}`;
}

function isExport(part: string): boolean {
  return /^(?:async )?function export_/.test(part);
}

/** What was left of a call that failed half-way was freed at the end of its export. */
function forgetFormerOnes(part: string): string {
  return part.replace(/\{\n/, "{\n  $passed.length = 0;\n");
}

function trackAllocations(part: string): string {
  return part
    .replaceAll("= $realloc(", "= $pass(")
    .replaceAll(/(_utf8AllocateAndEncode\([^\n]*), \$realloc, \$memory\)/g, "$1, $pass, $memory)")
    .replaceAll(/(\$import_[\w$]+\([^\n]*\))(\)?);$/gm, "$returned($1)$2;");
}

const RUNTIME = `var $passed = [];
function $pass(former, formerSize, align, size) {
  const address = $realloc(former, formerSize, align, size);
  $passed.push([address, size, align]);
  return address;
}
function $returned(result) {
  for (const [address, size, align] of $passed) if (size !== 0) $dealloc(address, size, align);
  $passed.length = 0;
  return result;
}
`;
