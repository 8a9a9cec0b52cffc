import { nearestName } from "@golem-kit/wit";

/**
 * Renders what a component template may contain: `{{ component_name | to_snake_case }}`.
 *
 * @throws RangeError for an unknown variable or filter, or other constructs of a template
 */
export function renderTemplate(text: string, componentName: string): string {
  if (text.includes("{%")) {
    throw new RangeError(`\`${text}\` has a statement; only {{ component_name | filter }} is known`);
  }
  return text.replace(/\{\{(.*?)\}\}/g, (_, expression: string) => {
    const [variable = "", ...filters] = expression.split("|").map((part) => part.trim());
    if (!variables.includes(variable)) throw unknown("variable", variable, variables);
    return filters.reduce((value, name) => {
      const filter = caseFilters.get(name);
      if (filter === undefined) throw unknown("filter", name, [...caseFilters.keys()]);
      return filter(value);
    }, componentName);
  });
}

/** The name in snake case: `shop:orders` → `shop_orders`. */
export function snakeCase(name: string): string {
  return words(name).join("_");
}

const variables: readonly string[] = ["component_name", "componentName"];

const caseFilters: ReadonlyMap<string, (name: string) => string> = new Map([
  ["to_snake_case", snakeCase],
  ["to_kebab_case", (name: string) => words(name).join("-")],
  ["to_shouty_snake_case", (name: string) => words(name).join("_").toUpperCase()],
  ["to_shouty_kebab_case", (name: string) => words(name).join("-").toUpperCase()],
  ["to_title_case", (name: string) => words(name).map(capital).join(" ")],
  ["to_train_case", (name: string) => words(name).map(capital).join("-")],
  ["to_pascal_case", pascalCase],
  ["to_upper_camel_case", pascalCase],
  ["to_camel_case", pascalCase],
  [
    "to_lower_camel_case",
    (name: string) =>
      words(name)
        .map((word, index) => (index === 0 ? word : capital(word)))
        .join(""),
  ],
]);

function pascalCase(name: string): string {
  return words(name).map(capital).join("");
}

/** Lower-case words; a new one begins at punctuation and at a capital letter. */
function words(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+/g) ?? []).map((word) => word.toLowerCase());
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function unknown(what: string, name: string, known: readonly string[]): RangeError {
  const nearest = nearestName(name, known);
  return new RangeError(
    `unknown ${what} \`${name}\` of a template; ${nearest === undefined ? `known: ${known.join(", ")}` : `did you mean \`${nearest}\`?`}`,
  );
}
