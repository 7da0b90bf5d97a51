import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbeddedPlatform, type EmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { StorageInUse } from '../../kernel/adapters/embedded/storage-errors.ts';
import { Refusal } from '../../kernel/model/errors.ts';

/**
 * Opens the data of a hub that is stopped.
 * @throws {Refusal} when there is none, or when a hub has it open
 */
export async function openData(directory: string): Promise<EmbeddedPlatform> {
  // Opening would make it.
  if (!existsSync(join(directory, 'stockwire.db'))) {
    throw new Refusal('BAD_USER_INPUT', `There is no data of a hub in ${directory}.`, { directory });
  }
  try {
    return await openEmbeddedPlatform({ directory });
  } catch (error) {
    if (!(error instanceof StorageInUse)) throw error;
    throw new Refusal('BAD_USER_INPUT', `A hub has the data in ${directory} open: stop it first.`, { directory });
  }
}
