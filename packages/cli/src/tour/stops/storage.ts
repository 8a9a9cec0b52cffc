import type { Stop } from "../stop.ts";

export const keyValue: Stop = {
  title: "wasi:keyvalue",
  shows: "Values that all workers see, one by one and in batches",
  async play(guest) {
    guest.check("the value", await guest.call("key-value", `${guest.half}-tea`, "Green tea"), "Green tea");
    const left = await guest.call("key-values", guest.half, ["tea", "mug", "cup"]);
    guest.check("the keys", left, ["cup", "mug"]);
  },
};

export const blobStore: Stop = {
  title: "wasi:blobstore",
  shows: "Objects that all workers see: size, first bytes, and what else is in the container",
  async play(guest) {
    const object = await guest.call("blob-store", guest.half, "letter", "Dear Ada, …");
    guest.check("the object", object, { size: 13n, beginning: "Dear ", objects: ["letter"] });
  },
};

export const filesystem: Stop = {
  title: "wasi:filesystem",
  shows: "Files of the worker's own, which a replay writes again",
  async play(guest) {
    const file = await guest.call("filesystem", "letters", "ada.txt", "Dear Ada");
    guest.check("the file", file, { size: 8n, content: "Dear Ada", files: ["ada.txt"] });
  },
};
