/**
 * `node scripts/run.mjs <script> [args…]`: installs what is missing, then runs the script on Node 26.
 *
 * The syntax of this file is kept old, so that an old Node reaches the check instead of a syntax error.
 */

const oldest = 18;

if (parseInt(process.versions.node, 10) < oldest) {
  console.error(
    "Node " +
      oldest +
      " or newer is needed to set this up, and this is " +
      process.version +
      ": install one from https://nodejs.org.",
  );
  process.exitCode = 1;
} else {
  void import("./launch.mjs").then((module) => module.launch(process.argv[2], process.argv.slice(3)));
}
