import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { extractFiles } from "../../src/rest/files-archive.ts";
import { claimSize, headersOf } from "../fixtures/zip-headers.ts";

const archive = zipSync({ "a.txt": strToU8("alpha"), dir: { "b.txt": strToU8("beta") } });

describe("extractFiles", () => {
  test("takes out what is listed, and nothing else", () => {
    const files = extractFiles(archive, [{ path: "/dir/b.txt", permissions: "read-write" }], 100);
    expect(files).toEqual([{ path: "/dir/b.txt", permissions: "read-write", content: strToU8("beta") }]);
  });

  test("misses a file that is not there", () => {
    expect(() => extractFiles(archive, [{ path: "/zzz.txt", permissions: "read-only" }], 100)).toThrow(
      "Malformed component archive error: Didn't find expected file in the archive: /zzz.txt: None",
    );
  });

  test("refuses an archive that would unpack to too much, before unpacking it", () => {
    const bomb = zipSync({ "zeros.bin": new Uint8Array(10_000_000) });
    expect(bomb.length).toBeLessThan(20_000);
    expect(() => extractFiles(bomb, [{ path: "/zeros.bin", permissions: "read-only" }], 1_000_000)).toThrow(
      /more than the 1000000 bytes/,
    );
  });

  test("refuses an archive that lies about its size", () => {
    const liar = zipSync({ "zeros.bin": new Uint8Array(100_000) });
    claimSize(liar, 10);
    expect(() => extractFiles(liar, [{ path: "/zeros.bin", permissions: "read-only" }], 1000)).toThrow(
      "Malformed component archive error: zeros.bin is not what the archive says of it",
    );
  });

  test("takes files whose names are not in ASCII, in either encoding of names", () => {
    const archive = zipSync({ "prüfung.txt": strToU8("ok") });
    const files = extractFiles(archive, [{ path: "/prüfung.txt", permissions: "read-only" }], 100);
    expect(files[0]?.content).toEqual(strToU8("ok"));
    const { local, central } = headersOf(archive);
    local.setUint16(6, 0, true);
    central.setUint16(8, 0, true);
    const latin = `/${Buffer.from("prüfung.txt").toString("latin1")}`;
    expect(extractFiles(archive, [{ path: latin, permissions: "read-only" }], 100)[0]?.content).toEqual(
      strToU8("ok"),
    );
  });

  test("refuses what is no archive", () => {
    expect(() => extractFiles(strToU8("hello"), [{ path: "/a", permissions: "read-only" }], 100)).toThrow(
      /Malformed component archive error/,
    );
  });
});
