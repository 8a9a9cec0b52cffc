/** What wasi:filesystem/types.open-at is asked for, all its flags in one. */
export interface OpenOptions {
  /** Follows a link at the end of the path. */
  readonly follow: boolean;
  readonly create: boolean;
  readonly directory: boolean;
  readonly exclusive: boolean;
  readonly truncate: boolean;
  readonly read: boolean;
  readonly write: boolean;
  readonly mutate: boolean;
}

/** Opens what is there, to read it. */
export const FOR_READING: OpenOptions = {
  follow: true,
  create: false,
  directory: false,
  exclusive: false,
  truncate: false,
  read: true,
  write: false,
  mutate: false,
};
