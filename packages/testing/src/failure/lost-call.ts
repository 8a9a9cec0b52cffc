import { HostClosedError } from "@golem-kit/host";

/**
 * A call whose host was closed before the answer came. Who waits for it is told; a call that nobody waits for, such as one of
 * a test that is over, is not reported as an unhandled rejection. Every other rejection is.
 *
 * @param worker `shop:orders/o-1`
 * @param functionName `shop:orders-exports/api.{place}`
 */
export function toldIfLost<T>(worker: string, functionName: string, call: Promise<T>): Promise<T> {
  const outcome = async (): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof HostClosedError)) throw error;
      told.catch(() => undefined);
      throw lostCall(worker, functionName, error);
    }
  };
  const told = outcome();
  return told;
}

function lostCall(worker: string, functionName: string, cause: HostClosedError): Error {
  return new Error(
    `The host was closed, or restarted, before ${worker} answered the call of ${functionName}. ` +
      "What to do: wait for the answer before; or call under a key, worker.withKey(key), and make the same call again " +
      "under that key when the host is there again: it runs once, and gives the answer to both",
    { cause },
  );
}
