import { component, TestApplication } from "./application.ts";

export const shopWit = `
interface api {
  resource invoice {
    constructor(number: string);
    add: func(amount: f64);
    total: static func(a: f64, b: f64) -> f64;
  }
  place: func(express: bool) -> string;
  cancel: func();
}

world shop {
  import wasi:clocks/wall-clock@0.2.0;
  export api;
}
`;

export const invoice = `
class Invoice {
  constructor(number: string) {}
  add(amount: number) {}
  static total(a: number, b: number) { return a + b; }
}
`;

/** The message of building a shop whose main.ts this is. */
export async function failureOf(program: string, files: Record<string, string> = {}): Promise<string> {
  await using app = await TestApplication.create({ ...component("shop", shopWit, program), ...files });
  return await app.failure({ only: ["test:shop"] });
}

/** A program that offers all that its world asks for. */
export const complete = `${invoice}\nexport const api = { Invoice, place: (express: boolean) => "", cancel() {} };\n`;
