/** Which component instance a table of handles belongs to: `handleTable16._componentIdx = 1;`. */
const TABLE = /^ *(handleTable\d+)\._componentIdx = (\d+);$/gm;

/** `rscTableCreateOwn.bind(null, handleTable16)`: the table of the instance that defines the resource. */
const DEFINING = /rscTableCreateOwn\.bind\(null, (handleTable\d+)\)/g;

/** `function trampoline3(handle) { …`: what a guest calls to drop a resource that has a destructor in the component. */
const DROP =
  /^(?<head> *function (?<name>trampoline\d+)\(handle\) \{\n.*rscTableRemove\((?<table>handleTable\d+), handle\);\n *if \(handleEntry\.own\) \{\n *)(?<destructor>exports\d+\['\d+'\])\(handleEntry\.rep\);$/gm;

/** What the host calls to drop a resource that a guest exports. */
const DISPOSE =
  /^(?<head> *const handleEntry = rscTableRemove\((?<table>handleTable\d+), handle\d+\);\n.*\[symbolDispose\] = emptyFunc;\n.*\[symbolRscHandle\] = undefined;\n *)(?<destructor>exports\d+\['\d+'\])\(handleEntry\.rep\);$/gm;

/** `Object.assign(_guardMayLeave(1, trampoline3), { _jcoMaySuspend: false })`: how the guest is given it. */
const GIVEN = /Object\.assign\((?<guarded>_guardMayLeave\(\d+, (?<name>trampoline\d+)\)), \{.*?\}\)/g;

/**
 * Lets destructors wait, as those do that write to stdout, and those of composed RPC stubs, which tell the other worker. In
 * jco's glue a frame of JavaScript is between the guest's and the destructor's, so that a wait is a trap, and a destructor
 * that the host or another component instance runs has no task to wait in.
 *
 * The host's `[Symbol.dispose]` gives a promise then.
 */
export function withWaitingDestructors(glue: string): string {
  const instances = new Map(
    Array.from(glue.matchAll(TABLE), ([, table = "", instance = ""]) => [table, instance]),
  );
  const defining = new Set(Array.from(glue.matchAll(DEFINING), ([, table]) => table));
  const drops = [...glue.matchAll(DROP)].map(({ groups = {} }) => groups);
  const definers = new Map<string | undefined, string | undefined>();
  for (const { table = "", destructor } of drops) {
    if (defining.has(table)) definers.set(destructor, instances.get(table));
  }
  const names = new Set(drops.map(({ name }) => name));
  return glue
    .replace(DROP, (_text, head: string, _name, table: string, destructor: string) => {
      const [from, into] = [instances.get(table), definers.get(destructor)];
      const run = running(destructor);
      if (from === undefined || into === undefined || from === into) return `${head}return ${run};`;
      const inTask = `await _symmetricSyncGuestCallEnter(${from}, 0, ${into}); try { await ${run}; } finally { _symmetricSyncGuestCallExit(); }`;
      return `${head}return (async () => { ${inTask} })();`;
    })
    .replace(
      DISPOSE,
      (_, head: string, table: string, destructor: string) =>
        `${head}return ${inNewTask(instances.get(table) ?? "0", running(destructor))};`,
    )
    .replace(GIVEN, (text, guarded: string, name: string) =>
      names.has(name) ? `new WebAssembly.Suspending(${guarded})` : text,
    );
}

function running(destructor: string): string {
  return `WebAssembly.promising(${destructor})(handleEntry.rep)`;
}

/** What jco's glue does around a call of an exported function, for one that has neither arguments nor a result. */
function inNewTask(instance: string, run: string): string {
  return `(async () => {
                getOrCreateAsyncState(${instance}).throwIfTrapped();
                const [task] = createNewCurrentTask({
                  componentIdx: ${instance}, isAsync: false, isManualAsync: true, entryFnName: '[drop]',
                  getCallbackFn: () => null, callbackFnName: null, errHandling: 'none', callingWasmExport: true,
                });
                task.setCalleeIsAsync(false);
                if (!await task.enter()) throw new Error('failed to enter task');
                CURRENT_TASK_MAY_BLOCK.value = task.mayBlock() ? 1 : 0;
                try {
                  await _withGlobalCurrentTaskMetaAsync({ taskID: task.id(), componentIdx: ${instance}, fn: () => ${run} });
                  task.resolve([]);
                } catch (error) {
                  getOrCreateAsyncState(${instance}).markTrapped(error);
                  task.setErrored(error);
                  task.reject(error);
                  throw error;
                } finally {
                  task.exit();
                }
              })()`;
}
