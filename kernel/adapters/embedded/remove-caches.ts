import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertName } from './name.ts';

/**
 * Deletes what can be made again from a journal: the snapshots of its context and its indexes. The platform over the
 * directory must be open, so that nobody else uses it, and neither journal nor indexes may be.
 */
export async function removeCaches(
  directory: string,
  caches: { readonly context: string; readonly indexes: readonly string[] },
): Promise<void> {
  assertName(caches.context, 'context');
  await rm(join(directory, 'snapshots', caches.context), { recursive: true, force: true });
  for (const name of caches.indexes) {
    assertName(name, 'index');
    for (const ending of ['db', 'db-wal', 'db-shm', 'chain']) {
      await rm(join(directory, 'indexes', `${name}.${ending}`), { force: true });
    }
  }
}
