/** Numbers that nothing else has. */
const BEGIN = 1.234_567_890_123_4e300;
const TO_FILL = 2.345_678_901_234_5e299;

/** An object by which the list is found, `RejectionProbe`: JavaScript, for the program's realm. */
export const REJECTION_PROBE = `{ begin: ${BEGIN}, like: new Set(), probe: Promise.reject(), lost: ${TO_FILL} }`;

/** Words of an object before its members: shape, and three of the engine's own. */
const HEADER = 4;
/** Words of an object that may be the address of what a set holds. */
const SLOTS = 12;
/** Words of that within which its first member is. */
const FIRST = 64;

/**
 * Gives a program the engine's list of promises that were rejected and not handled, a `Set`: it is put into the one member of
 * a {@link REJECTION_PROBE} that waits for it. The list is known by what it holds.
 *
 * One that is not found for sure is not given: what the program does not handle is lost to the log then, and nothing else.
 *
 * @param memory of the initialised engine, which is changed
 */
export function revealRejections(memory: WebAssembly.Memory): void {
  const words = new Uint32Array(memory.buffer);
  const [begin, toFill] = [BEGIN, TO_FILL].map((each) => new Uint32Array(Float64Array.of(each).buffer));
  const isAt = (pattern: Uint32Array | undefined, at: number): boolean =>
    pattern?.[0] === words[at] && pattern?.[1] === words[at + 1];
  const found: [at: number, value: readonly number[]][] = [];
  for (const at of placesOf(words, begin?.[0] ?? 0)) {
    if (!isAt(begin, at) || !isAt(toFill, at + 6)) continue;
    // A value is the address of an object, and a word that says that it is one.
    const [like = 0, object = 0, probe = 0] = words.subarray(at + 2, at + 5);
    const lists = placesOf(words, words[like / 4] ?? 0).filter((list) => holds(words, list, probe));
    const [list] = lists;
    // The engine moves objects: copies that it has left are of no shape.
    if (lists.length !== 1 || list === undefined) continue;
    found.push([at + 6, [list * 4, object]]);
  }
  const [only] = found;
  if (found.length === 1 && only !== undefined) words.set(only[1], only[0]);
}

/** Whether an object is a set that has a member among its first. */
function holds(words: Uint32Array, object: number, member: number): boolean {
  return Array.from(words.subarray(object + HEADER, object + HEADER + SLOTS)).some(
    (address) =>
      address !== 0 && address % 4 === 0 && words.subarray(address / 4, address / 4 + FIRST).includes(member),
  );
}

/** Where a word stands at the beginning of an object, which is at multiples of eight bytes. */
function placesOf(words: Uint32Array, word: number): readonly number[] {
  const places: number[] = [];
  for (let at = words.indexOf(word); at >= 0; at = words.indexOf(word, at + 1))
    if (at % 2 === 0) places.push(at);
  return places;
}
