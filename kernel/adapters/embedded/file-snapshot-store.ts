import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { invariant } from '../../model/errors.ts';
import { snapshotsToKeep } from '../../model/keep-snapshots.ts';
import type { Snapshot, SnapshotStore } from '../../ports/snapshot-store.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { errorText } from './error-text.ts';
import { assertName } from './name.ts';
import { toStorageError } from './storage-errors.ts';

const EPOCH = /^[0-9a-z]{1,64}$/;
const FILE = /^([0-9a-z]+)-(\d{16})\.snapshot$/;
const CHECKSUM_BYTES = 32;
/** So much is read and hashed in one go, while the event loop waits. */
const PIECE_BYTES = 1_048_576;

export interface FileSnapshotStoreOptions {
  readonly directory: string;
  readonly telemetry: Telemetry;
  /** Snapshots kept per context, see `snapshotsToKeep`. */
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
      await writeDurably(temporary, name, snapshot.bytes);
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

  async keptSeqs(context: string, epoch: string): Promise<readonly number[]> {
    return (await namesOf(this.#folder(context), epoch)).map(seqOf);
  }

  async at(context: string, epoch: string, seq: number): Promise<Snapshot | undefined> {
    const folder = this.#folder(context);
    const name = (await namesOf(folder, epoch)).find((each) => seqOf(each) === seq);
    return name === undefined ? undefined : this.#read(folder, name);
  }

  async #read(folder: string, name: string): Promise<Snapshot | undefined> {
    try {
      const [, epoch = ''] = FILE.exec(name) ?? [];
      const bytes = await readWhole(join(folder, name), name);
      return bytes && { epoch, seq: seqOf(name), bytes };
    } catch (error) {
      this.#options.telemetry.log('warn', 'a snapshot could not be read', { name, error: errorText(error) });
      return undefined;
    }
  }

  /** Snapshots of other epochs fit no log any more. */
  async #removeOld(folder: string, epoch: string): Promise<void> {
    const names = await namesOf(folder, epoch);
    const kept = snapshotsToKeep(names.map(seqOf), this.#options.kept);
    const isKept = (name: string): boolean => names.includes(name) && kept.has(seqOf(name));
    const others = (await readdir(folder)).filter((name) => FILE.test(name) && !isKept(name));
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

function seqOf(name: string): number {
  return Number(FILE.exec(name)?.[2]);
}

/** The content of a snapshot in a buffer of its own; undefined when it does not fit its checksum. */
async function readWhole(path: string, name: string): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < CHECKSUM_BYTES) return undefined;
    const expected = await readPiece(file, new Uint8Array(CHECKSUM_BYTES), 0);
    const bytes = new Uint8Array(size - CHECKSUM_BYTES);
    const hash = createHash('sha256').update(name);
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      hash.update(await readPiece(file, bytes.subarray(from, from + PIECE_BYTES), CHECKSUM_BYTES + from));
    }
    return hash.digest().equals(expected) ? bytes : undefined;
  } finally {
    await file.close();
  }
}

async function readPiece(file: FileHandle, piece: Uint8Array, position: number): Promise<Uint8Array> {
  for (let filled = 0; filled < piece.length;) {
    const { bytesRead } = await file.read(piece, filled, piece.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return piece;
}

/** Piece by piece, because the checksum of a large snapshot takes long. */
async function writeDurably(path: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    const hash = createHash('sha256').update(name);
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      const piece = bytes.subarray(from, from + PIECE_BYTES);
      hash.update(piece);
      await writePiece(file, piece, CHECKSUM_BYTES + from);
    }
    await writePiece(file, hash.digest(), 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writePiece(file: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < piece.length;) {
    const { bytesWritten } = await file.write(piece, written, piece.length - written, position + written);
    written += bytesWritten;
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
