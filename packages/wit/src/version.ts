import rcompare from "semver/functions/rcompare.js";
import satisfies from "semver/functions/satisfies.js";

/**
 * Whether a package of version `offered` may stand for a reference that says `wanted`: the rule of Cargo's and npm's `^`, so
 * `0.2.0` is satisfied by `0.2.12` but not by `0.3.0`, and `1.1.0` by `1.1.6` and `1.2.0`. A reference without a version is
 * satisfied by any, one with a version never by a package that has none.
 */
export function isCompatible(wanted: string | undefined, offered: string | undefined): boolean {
  if (wanted === undefined || wanted === offered) return true;
  return offered !== undefined && satisfies(offered, `^${wanted}`);
}

/** The offer that a reference means: the very version if it is there, otherwise the newest compatible one. */
export function bestCompatible<T extends { readonly version: string | undefined }>(
  wanted: string | undefined,
  offers: readonly T[],
): T | undefined {
  const exact = offers.find((offer) => offer.version === wanted);
  if (exact !== undefined) return exact;
  return offers
    .filter((offer) => isCompatible(wanted, offer.version))
    .toSorted((a, b) => rcompare(a.version ?? "0.0.0", b.version ?? "0.0.0"))[0];
}
