import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Telemetry } from '../../ports/telemetry.ts';
import { EmbeddedKeyIndex } from './embedded-key-index.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { errorText } from './error-text.ts';
import { assertName } from './name.ts';
import { openDatabase } from './open-database.ts';
import { StorageInUse } from './storage-errors.ts';

export interface KeyIndexesOptions {
  readonly directory: string;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
}

/** One file per index, apart from the journal, so that an operator may delete it. */
export class EmbeddedKeyIndexes {
  readonly #options: KeyIndexesOptions;
  readonly #open = new Map<string, EmbeddedKeyIndex | undefined>();

  constructor(options: KeyIndexesOptions) {
    this.#options = options;
  }

  /** @throws {StorageInUse} while somebody has it open */
  async open(name: string, epoch: string): Promise<EmbeddedKeyIndex> {
    assertName(name, 'index');
    if (this.#open.has(name)) throw new StorageInUse(`The index ${name}`);
    this.#open.set(name, undefined);
    try {
      await mkdir(this.#options.directory, { recursive: true });
      const index = await this.#openOrMakeAnew(name, epoch);
      this.#open.set(name, index);
      return index;
    } catch (error) {
      this.#open.delete(name);
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const index of this.#open.values()) await index?.close();
  }

  async #openOrMakeAnew(name: string, epoch: string): Promise<EmbeddedKeyIndex> {
    try {
      return this.#openFile(name, epoch);
    } catch (error) {
      if (error instanceof StorageInUse) throw error;
      this.#options.telemetry.log('warn', 'a damaged index is made anew', { name, error: errorText(error) });
      const path = this.#path(name);
      for (const file of [path, `${path}-wal`, `${path}-shm`]) await rm(file, { force: true });
      return this.#openFile(name, epoch);
    }
  }

  #openFile(name: string, epoch: string): EmbeddedKeyIndex {
    const database = openDatabase(this.#path(name));
    try {
      // A power loss may cost the newest additions, which the journal still has.
      database.exec('PRAGMA synchronous = NORMAL');
      const pageKeys = this.#options.limits.indexPageKeys;
      return new EmbeddedKeyIndex({ name, database, epoch, pageKeys, onClose: () => this.#open.delete(name) });
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #path(name: string): string {
    return join(this.#options.directory, `${name}.db`);
  }
}
