/** The hashes that the web's API names. */
export const HASH_NAMES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const;

export type HashName = (typeof HASH_NAMES)[number];
