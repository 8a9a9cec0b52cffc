import { GolemError } from "@golem-kit/host";

/** @param worker `shop:orders/o-1` */
export function missingWorker(worker: string, cause?: GolemError): Error {
  return new Error(
    `There is no worker ${worker}: it begins with its first invocation`,
    cause === undefined ? undefined : { cause },
  );
}

/**
 * What the host says of a worker that is not there, with the component's name.
 *
 * @param worker `shop:orders/o-1`
 * @returns a handler that throws it; anything else as it is
 */
export function unlessMissing(worker: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof GolemError && error.detail.type === "WorkerNotFound"
      ? missingWorker(worker, error)
      : error;
  };
}
