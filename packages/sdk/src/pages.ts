import { recordedAnswer } from "./durability/recorded-answer.ts";

/** A handle that gives one page after the other, and nothing after the last. */
interface Reader<Item> {
  getNext(): readonly Item[] | undefined;
}

/** Gives the page that comes next: by itself, or as it was recorded. */
type Ask<Plain> = (next: () => readonly Plain[] | undefined) => readonly Plain[] | undefined;

/** The items of a list as plain objects, a page at a time as they are asked for. */
export function* items<Item, Plain>(
  reader: Reader<Item>,
  plain: (item: Item) => Plain,
  ask: Ask<Plain> = (next) => next(),
): Generator<Plain, void, undefined> {
  const next = (): readonly Plain[] | undefined => reader.getNext()?.map(plain);
  for (let page = ask(next); page !== undefined; page = ask(next)) yield* page;
}

/** As {@link items}, each page recorded under `name`, so that a replay gets the same. */
export function recordedItems<Item, Plain>(
  name: string,
  input: unknown,
  reader: Reader<Item>,
  plain: (item: Item) => Plain,
): Generator<Plain, void, undefined> {
  return items(reader, plain, (next) => recordedAnswer(name, input, next));
}
