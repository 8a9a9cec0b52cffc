import type { ComponentStore } from "../storage/component-store.ts";

/** @returns a worker's title for people, `shop:orders/o-1`, by its id as text, `component/worker` */
export function workerTitles(components: ComponentStore): (id: string) => string {
  return (id) => {
    const end = id.indexOf("/");
    const componentId = id.slice(0, end);
    const stored = components
      .all()
      .find(({ component }) => component.versionedComponentId.componentId === componentId);
    return stored === undefined ? id : stored.component.componentName + id.slice(end);
  };
}
