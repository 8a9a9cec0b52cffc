/**
 * Recorded names of calls that are always answered the same. They are recorded, as on Golem, but a replay need not make them where
 * they were made, nor at all: the first line that a program prints makes one, and whoever adds a line or removes it would not be
 * replayed otherwise.
 */
export const CONSTANT_CALLS: ReadonlySet<string> = new Set(["cli::preopens::get_directories"]);
