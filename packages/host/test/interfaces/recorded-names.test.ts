import type { WitType } from "@golem-kit/wit";
import { expect, test } from "vitest";

import { HOST_INTERFACES } from "../../src/interfaces/registry.ts";

const WORKER = "{component_id: {uuid: {high-bits, low-bits}}, worker_name}";
const PROMISE = `{worker_id: ${WORKER}, oplog_idx}`;
const TIMES =
  "{data_access_timestamp: {seconds, nanoseconds}, data_modification_timestamp: {seconds, nanoseconds}}";
const COPY = "{src_container, src_object, dest_container, dest_object}";

/** The names of Golem's records, by the functions that have any: of the request, and of the response. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  "filesystem::types::descriptor::stat": ["", TIMES],
  "filesystem::types::descriptor::stat_at": ["", TIMES],
  "golem blobstore::blobstore::container_exists": ["{container}", ""],
  "golem blobstore::blobstore::copy_object": [COPY, ""],
  "golem blobstore::blobstore::create_container": ["{container}", ""],
  "golem blobstore::blobstore::delete_container": ["{container}", ""],
  "golem blobstore::blobstore::get_container": ["{container}", ""],
  "golem blobstore::blobstore::move_object": [COPY, ""],
  "golem blobstore::container::clear": ["{container}", ""],
  "golem blobstore::container::delete_object": ["{container, object}", ""],
  "golem blobstore::container::delete_objects": ["{container, objects}", ""],
  "golem blobstore::container::get_data": ["{container, object, begin, end}", ""],
  "golem blobstore::container::has_object": ["{container, object}", ""],
  "golem blobstore::container::list_object": ["{container}", ""],
  "golem blobstore::container::object_info": ["{container, object}", "{name, container, created_at, size}"],
  "golem blobstore::container::write_data": ["{container, object, length}", ""],
  "golem keyvalue::eventual::delete": ["{bucket, key}", ""],
  "golem keyvalue::eventual::exists": ["{bucket, key}", ""],
  "golem keyvalue::eventual::get": ["{bucket, key}", ""],
  "golem keyvalue::eventual::set": ["{bucket, key, value}", ""],
  "golem keyvalue::eventual_batch::delete_many": ["{bucket, keys}", ""],
  "golem keyvalue::eventual_batch::get_keys": ["{bucket}", ""],
  "golem keyvalue::eventual_batch::get_many": ["{bucket, keys}", ""],
  "golem keyvalue::eventual_batch::set_many": ["{bucket, key_values: {key, length}}", ""],
  "golem::api::fork_worker": [
    `{source_worker_id: ${WORKER}, target_worker_id: ${WORKER}, oplog_idx_cut_off}`,
    "",
  ],
  "golem::api::poll_promise": [PROMISE, ""],
  "golem::api::revert_worker": [
    `{worker_id: ${WORKER}, target: {last-oplog-index} {number-of-invocations}}`,
    "",
  ],
  "golem::api::update-worker": [`{worker_id: ${WORKER}, component_version, update_mode}`, ""],
  "golem::rpc::wasm-rpc::generate_unique_local_worker_id": ["", WORKER],
  "golem:api::complete_promise": [PROMISE, ""],
  "golem:api::delete_promise": [PROMISE, ""],
  "wall_clock::now": ["", "{seconds, nanoseconds}"],
  "wall_clock::resolution": ["", "{seconds, nanoseconds}"],
};

/** The names of all records in a type. */
function namesOf(type: WitType | null): string {
  switch (type?.kind) {
    case "record":
      return `{${type.fields.map((field) => [field.name, namesOf(field.type)].filter(Boolean).join(": ")).join(", ")}}`;
    case "list":
      return namesOf(type.element);
    case "option":
      return namesOf(type.some);
    case "result":
      return namesOf(type.ok);
    case "variant":
      return type.cases
        .map((each) => namesOf(each.type))
        .filter(Boolean)
        .join(" ");
    default:
      return "";
  }
}

test("what is recorded has Golem's names", () => {
  const recorded = HOST_INTERFACES.flatMap(({ functions, inner = [] }) =>
    Object.values(functions).concat(inner),
  );
  const named = recorded.flatMap((fn) => {
    // What HTTP records is compared with recorded oplogs, by its values.
    if (fn.durability === "none" || fn.durability === "WriteRemoteBatched" || fn.recordTypes === true)
      return [];
    const names = [namesOf(fn.types.request), namesOf(fn.types.response)] as const;
    return names.some((each) => each !== "") ? [[fn.recordedName, names] as const] : [];
  });
  expect(Object.fromEntries(named)).toEqual(NAMES);
});
