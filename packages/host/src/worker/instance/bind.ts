import {
  camelCase,
  compileCheck,
  pascalCase,
  type WitFunction,
  type WitInterface,
  type WitResource,
  type WitType,
  type WitWorld,
} from "@golem-kit/wit";

import type { FunctionLookup } from "../../interfaces/function-lookup.ts";
import type { HostContext } from "../../interfaces/ports.ts";
import { type CoreFunction, plainImport } from "../../engine/plain-import.ts";
import { resourceMapper } from "../../engine/map-resources.ts";
import type { Journal } from "../../journal/journal.ts";
import { bindDurability, type BoundFunction } from "./durable-call.ts";
import type { BoundImports } from "../../engine/bound-imports.ts";
import { withoutVersion } from "../../ground/wit/interface-name.ts";
import { ResourceClasses } from "./resource-classes.ts";

/**
 * Binds everything that a component imports to one instance: journalled, checked against its WIT type, and with
 * resources as JavaScript classes.
 *
 * @param onCall told of each call of the host
 */
export function bindImports(
  world: WitWorld,
  lookup: FunctionLookup,
  context: HostContext,
  journal: Journal,
  onCall: () => void = () => undefined,
): BoundImports {
  const plain = new Map<string, CoreFunction>();
  const classes = new ResourceClasses();
  const imports: Record<string, Record<string, unknown>> = {};
  for (const item of world.imports.values()) {
    if (item.kind !== "interface") continue;
    const key = withoutVersion(item.interface.id);
    imports[key] = { ...imports[key], ...bindInterface(item.interface) };
  }
  return { imports, plain, resources: classes };

  function bindInterface(wit: WitInterface): Record<string, unknown> {
    const bound: Record<string, unknown> = {};
    for (const name of wit.resources) {
      const resource: WitResource = { name, interface: wit.id };
      const drop = lookup(wit.id, `[resource-drop]${name}`);
      bound[pascalCase(name)] = classes.get(resource);
      if (drop !== undefined)
        classes.onDrop(
          resource,
          lazily(() => bindDurability(drop, context, journal)),
        );
    }
    for (const fn of wit.functions.values()) {
      const callable = lazily(() => bindFunction(wit.id, fn));
      if (fn.resource === null) {
        bound[camelCase(fn.name)] = callable;
        const core = lookup(wit.id, fn.name)?.waits === true ? undefined : plainImport(fn, callable);
        if (core !== undefined) plain.set(`${withoutVersion(wit.id)}#${fn.name}`, core);
        continue;
      }
      const resource: WitResource = { name: fn.resource, interface: wit.id };
      const member = camelCase(fn.name.slice(fn.name.indexOf(".") + 1));
      if (fn.kind === "constructor") classes.onConstruct(resource, callable);
      else if (fn.kind === "static") classes.addStatic(resource, member, callable);
      else classes.addMethod(resource, member, callable);
    }
    return bound;
  }

  function bindFunction(interfaceId: string, fn: WitFunction): BoundFunction {
    const host = lookup(interfaceId, fn.name);
    if (host === undefined) return () => missing(interfaceId, fn.name);
    const durable = bindDurability(host, context, journal);
    const call: BoundFunction = (...args) => {
      onCall();
      return durable(...args);
    };
    const place = `${interfaceId}.${fn.name}`;
    const params = parameterMappers(interfaceId, fn, place, classes);
    const finish = resultFinisher(fn.kind === "constructor" ? null : fn.result, place, classes);
    const invoke =
      params === null
        ? call
        : (...args: unknown[]) => call(...args.map((arg, at) => params[at]?.(arg) ?? arg));
    if (finish === null) return invoke;
    return (...args) => {
      const result = invoke(...args);
      return result instanceof Promise ? result.then(finish) : finish(result);
    };
  }
}

/** A function that is made when it is first called: of the hundreds that a component imports, an instance calls few. */
function lazily(make: () => BoundFunction): BoundFunction {
  let made: BoundFunction | undefined;
  return (...args) => {
    made ??= make();
    return made(...args);
  };
}

/** Mappers of the arguments as they arrive: for a method, `self` comes first. `null` if no argument has a resource. */
function parameterMappers(
  interfaceId: string,
  fn: WitFunction,
  place: string,
  classes: ResourceClasses,
): readonly (BoundFunction | null)[] | null {
  const mappers = fn.params.map((param) =>
    resourceMapper(param.type, (resource, value, ownership) =>
      classes.unwrap(resource, value, ownership, place),
    ),
  );
  if (fn.kind !== "method" || fn.resource === null)
    return mappers.some((mapper) => mapper !== null) ? mappers : null;
  const resource = { name: fn.resource, interface: interfaceId };
  return [(self: unknown) => classes.unwrap(resource, self, "borrow", place), ...mappers];
}

/** Checks a host function's result and wraps its resources. */
function resultFinisher(
  type: WitType | null,
  place: string,
  classes: ResourceClasses,
): ((value: unknown) => unknown) | null {
  if (type === null) return null;
  const check = compileCheck(type, `result of ${place}`);
  const wrap = resourceMapper(type, (resource, value) => classes.wrap(resource, value));
  if (wrap === null) {
    return (value) => {
      check(value);
      return value;
    };
  }
  return (value) => {
    check(value);
    return wrap(value);
  };
}

function missing(interfaceId: string, functionName: string): never {
  throw new Error(
    `The component called ${interfaceId}.${functionName}, which this host does not provide. ` +
      `What to do: remove the call, or run the component on a Golem server.`,
  );
}
