import { access, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore, WaitingFile } from './file-store.ts';

const FOLDERS = ['processing', 'done', 'failed'] as const;
/** Names of files that are still being written, of sidecars, and of what the hub itself writes. */
const NOT_YET = /^\.|\.(part|tmp|filepart|sha256)$|\.outcome\.jsonl$/i;
const KNOWN = /\.(csv|jsonl|ndjson)$/i;

/**
 * A folder of this machine. Files are claimed by renaming them into `processing`, which succeeds once, and end in `done` or
 * `failed` beside `<name>.outcome.jsonl`.
 */
export async function openLocalFileStore(directory: string): Promise<FileStore> {
  await Promise.all(FOLDERS.map((folder) => mkdir(join(directory, folder), { recursive: true })));
  const processing = (name: string): string => join(directory, 'processing', name);
  return {
    waiting: async () => {
      const entries = await readdir(directory, { withFileTypes: true });
      const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      const ready = names.filter((name) => KNOWN.test(name) && !NOT_YET.test(name)).sort();
      return (await Promise.all(ready.map((name) => sizeOf(directory, name)))).flat();
    },
    claimed: async () => (await readdir(join(directory, 'processing'))).filter((name) => !NOT_YET.test(name)).sort(),
    claim: async (name) => {
      if (!(await moved(join(directory, name), processing(name)))) return false;
      await moved(`${join(directory, name)}.sha256`, `${processing(name)}.sha256`);
      return true;
    },
    pathOf: processing,
    checksumOf: async (name) => {
      try {
        return /^[0-9a-f]{64}/i.exec(await readFile(`${processing(name)}.sha256`, 'utf8'))?.[0].toLowerCase();
      } catch {
        return undefined;
      }
    },
    finish: async (name, { as, outcomePath }) => {
      const target = await freeName(join(directory, as), name);
      await rename(outcomePath, `${target}.outcome.jsonl`);
      await moved(`${processing(name)}.sha256`, `${target}.sha256`);
      await moved(processing(name), target);
    },
  };
}

/** A file that is gone meanwhile is nobody's any more. */
async function sizeOf(directory: string, name: string): Promise<readonly WaitingFile[]> {
  try {
    return [{ name, bytes: (await stat(join(directory, name))).size }];
  } catch {
    return [];
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return false;
    throw error;
  }
}

/** A name may come again with other content; nothing that was put aside is written over. */
async function freeName(folder: string, name: string): Promise<string> {
  for (let ordinal = 1; ; ordinal++) {
    const target = join(folder, ordinal === 1 ? name : `${ordinal}-${name}`);
    try {
      await access(target);
    } catch {
      return target;
    }
  }
}
