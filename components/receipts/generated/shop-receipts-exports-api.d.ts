declare module "shop:receipts-exports/api" {
  /**
   * Moves a file to the archive, from which it does not come back.
   */
  export function archive(name: string): void;
  /**
   * Copies a file, of whatever size; false if there is none of that name.
   */
  export function copy(name: string, target: string): boolean;
  /**
   * The SHA-256 of a file, in hexadecimal digits.
   */
  export function fingerprint(name: string): string | undefined;
  export function info(name: string): File | undefined;
  export function listFiles(prefix: string): Array<string>;
  /**
   * A part of a file, from the byte `start` to before the byte `end`.
   */
  export function part(name: string, start: number, end: number): Uint8Array | undefined;
  export function read(name: string): string | undefined;
  export function remove(name: string): void;
  /**
   * Stores a scan of so many bytes.
   */
  export function scan(name: string, size: number): void;
  export function write(name: string, text: string): void;
  export interface File {
    name: string,
    /**
     * In bytes.
     */
    size: bigint,
    /**
     * Milliseconds since 1970.
     */
    createdAt: bigint,
  }
}
