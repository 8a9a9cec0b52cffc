import type { KeptResult } from "./kept-results.ts";

/** On what the campaign ran. */
export interface Machine {
  readonly cores: number;
  readonly gigabytes: number;
  readonly node: string;
  readonly version: string;
}

/** `docs/reliability.md`: what was tried, how often, and what came of it. */
export function reliabilityPage(results: readonly KeptResult[], machine: Machine): string {
  const { cores, gigabytes, node, version } = machine;
  return `# Reliability

What the host promises, how that is tried, and what came of it. This page is the output of
\`npm run campaign\`: do not edit it.

Golem Kit ${version}, ${cores} cores, ${gigabytes} GB of memory, Node ${node}. Each part was last tried at full length, or at
the short one, which is that of \`npm test\`.

| part | promise | how it is tried | how often | length | result | when |
| ---- | ------- | --------------- | --------- | ------ | ------ | ---- |
${results.map(row).join("\n")}
${results.map(measurementTable).join("")}
\`npm run campaign -- --part kill\` runs one part and prints it; \`npm run conformance -- --url …\` tries the contracts on
another Golem server.
`;
}

function row({ part, passed, failed, failures, figures, seconds, date, length }: KeptResult): string {
  const counts = [...figures].map(([name, count]) => `${count.toLocaleString("en")} ${name}`);
  const often = [`${passed + failed} tests`, ...counts, `${Math.round(seconds)} s`].join("; ");
  const result = failed === 0 ? `all ${passed} pass` : `**${failed} fail**: ${failures.join("; ")}`;
  return `| ${part.name} | ${part.promise} | ${part.how} | ${often} | ${length} | ${result} | ${date} |`;
}

/** Empty for a part that measures nothing. */
function measurementTable({ part, measurements }: KeptResult): string {
  const [first] = measurements;
  if (first === undefined) return "";
  const names = Object.keys(first.figures);
  const rows = measurements.map(({ of, figures, missed }) => {
    const counts = names.map((name) => figures[name]?.toLocaleString("en") ?? "");
    return line([of, ...counts, missed.length === 0 ? "met" : `**missed**: ${missed.join("; ")}`]);
  });
  return `
## What ${part.name} measured

Aims: ${part.aims ?? "none"}.

${[line(["beside", ...names, "aims"]), line(["---", ...names.map(() => "---:"), "---"]), ...rows].join("\n")}
`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
