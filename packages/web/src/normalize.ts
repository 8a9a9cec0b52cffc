import { nfc, nfd } from "@adraffy/ens-normalize";
import { define } from "./define.ts";

/**
 * `String.prototype.normalize`, which the engine lacks. NFC and NFD are there; NFKC and NFKD are not.
 *
 * @throws RangeError for any other form, as the language has it
 */
function normalize(this: unknown, form: unknown = "NFC"): string {
  const points = Array.from(String(this), (character) => character.codePointAt(0) ?? 0);
  if (form !== "NFC" && form !== "NFD") {
    throw new RangeError(`the form ${String(form)} is not there. There are NFC and NFD.`);
  }
  const normal = form === "NFC" ? nfc(points) : nfd(points);
  return normal.map((point) => String.fromCodePoint(point)).join("");
}

define(String.prototype, { normalize });
