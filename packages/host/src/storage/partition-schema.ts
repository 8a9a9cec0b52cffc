/** Of one file of workers and their oplogs. */
export const PARTITION_SCHEMA = `
  create table worker (
    row integer primary key autoincrement,
    component_id text not null,
    name text not null,
    active integer not null,
    checksum integer not null,
    unique (component_id, name)
  );
  create index active_worker on worker (row) where active = 1;
  create table oplog (
    worker integer not null,
    first integer not null,
    last integer not null,
    data blob not null,
    checksum integer not null,
    primary key (worker, first)
  ) without rowid;`;

/** All that is ever asked of such a file. */
export const PARTITION_SQL = {
  find: "select row, component_id, name, active, checksum from worker where component_id = ? and name = ?",
  list: "select row, component_id, name, active, checksum from worker where component_id = ? and row > ? order by row limit ?",
  active: "select row, component_id, name, active, checksum from worker where active = 1 order by row",
  create: "insert into worker (component_id, name, active, checksum) values (?, ?, ?, ?)",
  append: "insert into oplog (worker, first, last, data, checksum) values (?, ?, ?, ?, ?)",
  nameOf: "select name from worker where row = ?",
  setActive: "update worker set active = ?, checksum = ? where row = ?",
  // By their keys alone, whatever else they say: a row that is left out is not checked.
  rows: `select first, last, data, checksum from oplog where worker = ?1
    and first >= (select coalesce(max(first), 0) from oplog where worker = ?1 and first <= ?2) order by first limit ?3`,
  lastIndex: "select last from oplog where worker = ? order by first desc limit 1",
  checksum: "select last, checksum from oplog where worker = ? and first <= ? order by first desc limit 1",
  size: "select coalesce(sum(length(data)), 0) as size from oplog where worker = ? and first >= ? and last <= ?",
  deleteOplog: "delete from oplog where worker = ?",
  delete: "delete from worker where row = ?",
  // From one worker to the next: what they have written is not read.
  strays: `with recursive found (worker) as (
      select min(worker) from oplog
      union all select (select min(worker) from oplog where worker > found.worker) from found where worker is not null
    ) select worker from found where worker is not null and worker not in (select row from worker) limit 1`,
  clearOplog: "delete from oplog",
  clear: "delete from worker",
} as const;
