/** Figures of one thing that a part of the campaign has measured, beside what they are to be. */
export interface Measurement {
  /** What was measured, in short. */
  readonly of: string;
  /** By what they are of, with their unit; the same ones for each measurement of a part. */
  readonly figures: Readonly<Record<string, number>>;
  /** Aims that were missed. */
  readonly missed: readonly string[];
}
