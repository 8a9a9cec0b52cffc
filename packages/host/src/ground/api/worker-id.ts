export interface WorkerId {
  readonly componentId: string;
  readonly workerName: string;
}

export interface PromiseId {
  readonly workerId: WorkerId;
  readonly oplogIdx: number;
}

/** `componentId/workerName`, as Golem prints it. */
export function workerIdText(id: WorkerId): string {
  return `${id.componentId}/${id.workerName}`;
}
