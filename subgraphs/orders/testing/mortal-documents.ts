import { Obstacle } from '../../../kernel/model/errors.ts';
import type { Collection, CollectionDefinition, Document, Documents } from '../../../kernel/ports/documents.ts';

/** When a process dies: with one of its writes, which is durable by then or is not. After that it reads and writes nothing. */
export class Fate {
  /** Writes so far. */
  writes = 0;
  isDead = false;
  #dying: { readonly at: number; readonly isDurable: boolean } | undefined;

  /** @param at the write with which it dies, 1 for the first */
  dieAt(at: number, isDurable: boolean): void {
    this.#dying = { at, isDurable };
  }

  async read<T>(act: () => Promise<T>): Promise<T> {
    if (this.isDead) throw gone();
    return act();
  }

  async write<T>(act: () => Promise<T>): Promise<T> {
    if (this.isDead) throw gone();
    if (++this.writes !== this.#dying?.at) return act();
    this.isDead = true;
    if (this.#dying.isDurable) await act();
    throw gone();
  }
}

const gone = (): Obstacle => new Obstacle('CONTEXT_UNAVAILABLE', 'The process is gone.');

/** Documents as a process sees them that may die. */
export function mortalDocuments(documents: Documents, fate: Fate): Documents {
  return {
    flushOutbox: (stream) => documents.flushOutbox(stream),
    async collection<D extends Document>(definition: CollectionDefinition): Promise<Collection<D>> {
      const collection = await fate.read(() => documents.collection<D>(definition));
      return {
        get: (id) => fate.read(() => collection.get(id)),
        getMany: (ids) => fate.read(() => collection.getMany(ids)),
        find: (query) => fate.read(() => collection.find(query)),
        save: (document, version, outbox) => fate.write(() => collection.save(document, version, outbox)),
        delete: (id, version) => fate.write(() => collection.delete(id, version)),
      };
    },
  };
}
