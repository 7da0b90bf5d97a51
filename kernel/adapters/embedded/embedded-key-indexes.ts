import { rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Telemetry } from '../../ports/telemetry.ts';
import { EmbeddedKeyIndex } from './embedded-key-index.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { errorText } from './error-text.ts';
import { assertName } from './name.ts';
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
      const index = this.#openOrMakeAnew(name, epoch);
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

  #openOrMakeAnew(name: string, epoch: string): EmbeddedKeyIndex {
    try {
      return this.#openIndex(name, epoch);
    } catch (error) {
      if (error instanceof StorageInUse) throw error;
      this.#tellDamage(name, error);
      this.#remove(name);
      return this.#openIndex(name, epoch);
    }
  }

  #openIndex(name: string, epoch: string): EmbeddedKeyIndex {
    return new EmbeddedKeyIndex({
      name,
      epoch,
      pageKeys: this.#options.limits.indexPageKeys,
      path: this.#path(name),
      remove: () => this.#remove(name),
      onDamage: (error) => this.#tellDamage(name, error),
      onClose: () => this.#open.delete(name),
    });
  }

  #tellDamage(name: string, error: unknown): void {
    this.#options.telemetry.log('warn', 'a damaged index is made anew', { name, error: errorText(error) });
  }

  #remove(name: string): void {
    const path = this.#path(name);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
  }

  #path(name: string): string {
    return join(this.#options.directory, `${name}.db`);
  }
}
