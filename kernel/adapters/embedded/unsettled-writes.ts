import type { GroupCommit } from './group-commit.ts';

/** The documents of a collection that the database shows and the disk does not have yet. Nobody is to be told of them before. */
export class UnsettledWrites {
  /** How often each is written in the commit that the disk is busy with. */
  readonly #counts = new Map<string, number>();

  get areThere(): boolean {
    return this.#counts.size > 0;
  }

  has(id: string): boolean {
    return this.#counts.has(id);
  }

  /** Changes the document in the next commit. */
  async write(commits: GroupCommit, id: string, change: () => void): Promise<void> {
    let isWritten = false;
    try {
      await commits.write(() => {
        change();
        isWritten = true;
        this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
      });
    } finally {
      if (isWritten) this.#settle(id);
    }
  }

  #settle(id: string): void {
    const left = (this.#counts.get(id) ?? 1) - 1;
    if (left > 0) this.#counts.set(id, left);
    else this.#counts.delete(id);
  }
}
