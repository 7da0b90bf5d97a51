import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { invariant } from '../../model/errors.ts';
import type { Snapshot, SnapshotStore } from '../../ports/snapshot-store.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { errorText } from './error-text.ts';
import { assertName } from './name.ts';
import { toStorageError } from './storage-errors.ts';

const EPOCH = /^[0-9a-z]{1,64}$/;
const FILE = /^([0-9a-z]+)-(\d{16})\.snapshot$/;
const CHECKSUM_BYTES = 32;

export interface FileSnapshotStoreOptions {
  readonly directory: string;
  readonly telemetry: Telemetry;
  /** Newest snapshots kept per context, at least 1. */
  readonly kept: number;
}

/**
 * One file per snapshot: the SHA-256 of its name and content, then the content. It is written under another name,
 * forced to the disk, renamed, and the folder forced too, so a file with the right name is whole.
 */
export class FileSnapshotStore implements SnapshotStore {
  readonly #options: FileSnapshotStoreOptions;

  constructor(options: FileSnapshotStoreOptions) {
    this.#options = options;
  }

  async save(context: string, snapshot: Snapshot): Promise<void> {
    const folder = this.#folder(context);
    const name = fileName(snapshot);
    const temporary = join(folder, `${name}.tmp`);
    try {
      await mkdir(folder, { recursive: true });
      await writeDurably(temporary, [checksum(name, snapshot.bytes), snapshot.bytes]);
      await rename(temporary, join(folder, name));
      await syncFolder(folder);
      await this.#removeOld(folder, snapshot.epoch);
    } catch (error) {
      throw toStorageError(error, `The snapshot store of ${context}`);
    }
  }

  async newest(context: string, epoch: string): Promise<Snapshot | undefined> {
    const folder = this.#folder(context);
    for (const name of await namesOf(folder, epoch)) {
      const snapshot = await this.#read(folder, name);
      if (snapshot) return snapshot;
      this.#options.telemetry.log('warn', 'a damaged snapshot was skipped', { context, name });
    }
    return undefined;
  }

  async #read(folder: string, name: string): Promise<Snapshot | undefined> {
    try {
      const content = await readFile(join(folder, name));
      const bytes = content.subarray(CHECKSUM_BYTES);
      const [, epoch = '', seq = ''] = FILE.exec(name) ?? [];
      if (!checksum(name, bytes).equals(content.subarray(0, CHECKSUM_BYTES))) return undefined;
      return { epoch, seq: Number(seq), bytes };
    } catch (error) {
      this.#options.telemetry.log('warn', 'a snapshot could not be read', { name, error: errorText(error) });
      return undefined;
    }
  }

  /** Snapshots of other epochs fit no log any more. */
  async #removeOld(folder: string, epoch: string): Promise<void> {
    const kept = new Set((await namesOf(folder, epoch)).slice(0, this.#options.kept));
    const others = (await readdir(folder)).filter((name) => FILE.test(name) && !kept.has(name));
    await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
  }

  #folder(context: string): string {
    assertName(context, 'context');
    return join(this.#options.directory, context);
  }
}

/** Names sort by sequence, because it has a fixed width. */
function fileName({ epoch, seq }: Snapshot): string {
  invariant(EPOCH.test(epoch), `The epoch "${epoch}" must be lower-case letters and digits.`);
  return `${epoch}-${String(seq).padStart(16, '0')}.snapshot`;
}

/** @returns the snapshots of an epoch, newest first */
async function namesOf(folder: string, epoch: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => FILE.exec(name)?.[1] === epoch).sort((a, b) => (a < b ? 1 : -1));
}

function checksum(name: string, bytes: Uint8Array): Buffer {
  return createHash('sha256').update(name).update(bytes).digest();
}

async function writeDurably(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writev([...parts]);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is durable only when the folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
