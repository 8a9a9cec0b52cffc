/** `node scripts/count-tests.mjs <report>`: prints how many tests of vitest's JSON report passed and failed. */

import { readFileSync } from "node:fs";

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
// A file that could not be loaded has no tests, and has failed nonetheless.
const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
const failed = numFailedTests + unloaded.length;

console.log(`${numPassedTests} passed, ${failed} failed`);
process.exitCode = failed === 0 && numPassedTests > 0 ? 0 : 1;
