const PAGE = 4_096;

/** The content of a file in pages, as it is and as it was when it was flushed last. */
export class PagedFile {
  readonly #now = new Map<number, Buffer>();
  #size = 0;
  readonly #synced = new Map<number, Buffer>();
  #syncedSize = 0;
  /** Numbers of pages that have changed since. */
  readonly #dirty = new Set<number>();

  /** @param at the end of the file if there is none */
  write(data: Uint8Array, at = this.#size): void {
    const end = at + data.length;
    for (let page = Math.floor(at / PAGE); page * PAGE < end; page += 1) {
      const changed = Buffer.alloc(PAGE);
      this.#now.get(page)?.copy(changed);
      const from = Math.max(at, page * PAGE);
      changed.set(data.subarray(from - at, (page + 1) * PAGE - at), from - page * PAGE);
      this.#now.set(page, changed);
      this.#dirty.add(page);
    }
    this.#size = Math.max(this.#size, end);
  }

  resize(size: number): void {
    for (const page of this.#now.keys()) if (page * PAGE >= size) this.#now.delete(page);
    const last = this.#now.get(Math.floor(size / PAGE));
    if (last !== undefined) this.#now.set(Math.floor(size / PAGE), cutPage(last, size % PAGE));
    this.#size = size;
  }

  sync(): void {
    for (const page of this.#dirty) {
      const content = this.#now.get(page);
      if (content !== undefined) this.#synced.set(page, content);
    }
    if (this.#size < this.#syncedSize) {
      for (const page of this.#synced.keys()) if (page * PAGE >= this.#size) this.#synced.delete(page);
    }
    this.#syncedSize = this.#size;
    this.#dirty.clear();
  }

  /** What was flushed. */
  get synced(): Buffer {
    return joined(this.#synced, this.#syncedSize);
  }

  /** What was flushed, with some pages of what was written since. @param random a number from 0 to 1 */
  anyOf(random: () => number): Buffer {
    // Of one file all, of another nothing, of most some.
    const share = random() * 1.5 - 0.25;
    const kept = [...this.#dirty].filter((page) => this.#now.has(page) && random() < share);
    const pages = new Map(this.#synced);
    for (const page of kept) pages.set(page, this.#now.get(page) ?? Buffer.alloc(PAGE));
    if (this.#size < this.#syncedSize && random() < share) return joined(pages, this.#size);
    const end = Math.max(-1, ...kept) + 1;
    return joined(pages, Math.max(this.#syncedSize, Math.min(end * PAGE, this.#size)));
  }
}

function cutPage(page: Buffer, size: number): Buffer {
  const cut = Buffer.alloc(PAGE);
  page.copy(cut, 0, 0, size);
  return cut;
}

function joined(pages: ReadonlyMap<number, Buffer>, size: number): Buffer {
  const content = Buffer.alloc(size);
  for (const [page, bytes] of pages) bytes.copy(content, page * PAGE);
  return content;
}
