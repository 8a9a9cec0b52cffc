import { open, url, waitForDebugger } from "node:inspector";

/**
 * Waits until a debugger is attached.
 *
 * @param port on this machine; 0 for any that is free
 * @param onOpen is given the address at which debuggers attach
 * @returns false if the port is in use
 */
export function waitForAttached(port: number, onOpen: (address: string) => void): boolean {
  // An editor that starts processes itself is attached from the first line on.
  if (url() !== undefined) return true;
  open(port, "127.0.0.1");
  const address = url();
  if (address === undefined) return false;
  onOpen(address);
  waitForDebugger();
  return true;
}
