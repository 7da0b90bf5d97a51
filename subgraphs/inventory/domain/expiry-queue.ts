interface Expiry {
  readonly atMs: number;
  readonly id: string;
}

type IsWanted = (id: string, atMs: number) => boolean;

/** What ends when, earliest first: a binary heap. An entry that nobody wants any more is dropped when it comes up. */
export class ExpiryQueue {
  readonly #heap: Expiry[] = [];

  push(atMs: number, id: string): void {
    const heap = this.#heap;
    heap.push({ atMs, id });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (isBefore(heap[parent] as Expiry, heap[child] as Expiry)) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  peek(isWanted: IsWanted): Expiry | undefined {
    for (let first = this.#heap[0]; first && !isWanted(first.id, first.atMs); first = this.#heap[0]) this.#pop();
    return this.#heap[0];
  }

  /** Looks without taking: what is due stays until it is no longer wanted. */
  due(nowMs: number, limit: number, isWanted: IsWanted): readonly string[] {
    const found: Expiry[] = [];
    for (
      let next = this.peek(isWanted);
      next && next.atMs <= nowMs && found.length < limit;
      next = this.peek(isWanted)
    ) {
      found.push(next);
      this.#pop();
    }
    for (const { atMs, id } of found) this.push(atMs, id);
    return found.map(({ id }) => id);
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Expiry;
    if (heap.length === 0) return;
    heap[0] = last;
    let parent = 0;
    for (;;) {
      const left = parent * 2 + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const child = right < heap.length && isBefore(heap[right] as Expiry, heap[left] as Expiry) ? right : left;
      if (isBefore(heap[parent] as Expiry, heap[child] as Expiry)) return;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as Expiry, heap[a] as Expiry];
  }
}

/** Ties go by id, so that the order follows from the content alone. */
function isBefore(a: Expiry, b: Expiry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.id <= b.id);
}
