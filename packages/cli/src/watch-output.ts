/**
 * Ends the process when nobody reads what it prints any more (`golem-kit oplog … | head`), quietly, and with one sentence
 * when it cannot be written.
 */
export function watchOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.stderr.write(`✖ The output cannot be written: ${error.message}.\n`);
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
  // Nobody is left to be told.
  process.stderr.on("error", () => process.exit(1));
}
