import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { FileChainIndex } from './file-chain-index.ts';
import { assertName } from './name.ts';
import { StorageInUse } from './storage-errors.ts';

/** Opens chain indexes, one file each beside the key indexes, so that an operator may delete it. */
export class EmbeddedChainIndexes {
  readonly #options: {
    readonly directory: string;
    readonly telemetry: Telemetry;
    readonly limits: EmbeddedLimits;
  };
  readonly #open = new Map<string, FileChainIndex | undefined>();

  constructor(options: { readonly directory: string; readonly telemetry: Telemetry; readonly limits: EmbeddedLimits }) {
    this.#options = options;
  }

  /** @throws {StorageInUse} while somebody has it open */
  async open(name: string, epoch: string): Promise<FileChainIndex> {
    assertName(name, 'index');
    if (this.#open.has(name)) throw new StorageInUse(`The index ${name}`);
    this.#open.set(name, undefined);
    try {
      const { directory, ...parts } = this.#options;
      await mkdir(directory, { recursive: true });
      const path = join(directory, `${name}.chain`);
      const index = await FileChainIndex.open({ ...parts, name, path, epoch, onClose: () => this.#open.delete(name) });
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
}
