import { constants, open, type FileHandle } from 'node:fs/promises';
import type { Telemetry } from '../../ports/telemetry.ts';
import { CHAIN_END, type ChainEntry, type ChainIndex, type NewChainEntry } from '../../ports/chain-index.ts';
import { ChainBuffer, checksumOf, FRAME_BYTES, identityOf, readRecord, RECORD_BYTES } from './chain-buffer.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { errorText } from './error-text.ts';
import { StorageClosed, StorageFailed, toStorageError } from './storage-errors.ts';

/** The first bytes of a file: what it is, and the epoch of its journal. */
const HEAD_BYTES = 128;
/** Most records are read whole in one go. */
const READ_BYTES = 512;

export interface FileChainIndexOptions {
  readonly name: string;
  readonly path: string;
  readonly epoch: string;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
  onClose(): void;
}

/**
 * A file that only grows, of frames of records, each of which names the one of its key before it. In memory is the
 * address of the newest record of each key, 8 bytes, and what is not written yet. A frame that does not fit its checksum
 * ends the file.
 */
export class FileChainIndex implements ChainIndex {
  readonly #options: FileChainIndexOptions;
  readonly #file: FileHandle;
  #newest = new Float64Array(0);
  #completeSeq = 0;
  #writtenSeq = 0;
  #pending: ChainBuffer;
  #writing: ChainBuffer | undefined;
  #write: Promise<void> = Promise.resolve();
  #failure: StorageFailed | undefined;
  #isClosed = false;

  private constructor(options: FileChainIndexOptions, file: FileHandle) {
    this.#options = options;
    this.#file = file;
    this.#pending = this.#bufferAt(HEAD_BYTES);
  }

  /** Reads the whole file once. @throws {StorageFailed} when it cannot be opened */
  static async open(options: FileChainIndexOptions): Promise<FileChainIndex> {
    let file: FileHandle | undefined;
    try {
      file = await open(options.path, constants.O_RDWR | constants.O_CREAT, 0o644);
      const index = new FileChainIndex(options, file);
      await index.#load();
      return index;
    } catch (error) {
      await file?.close();
      throw toStorageError(error, `The index ${options.name}`);
    }
  }

  get completeSeq(): number {
    return this.#completeSeq;
  }

  add(entries: readonly NewChainEntry[], seq: number): void {
    if (this.#failure || this.#isClosed) return;
    for (const { key, note = '' } of entries) {
      const former = this.newest(key);
      this.#lead(key, this.#pending.add({ seq, former, note }, key));
    }
    this.#pending.completeTo(seq);
    this.#completeSeq = seq;
    const { chainFrameBytes, chainPendingBytesMax } = this.#options.limits;
    if (this.#pending.length > chainPendingBytesMax) this.#giveUp(new Error('The disk does not keep up.'));
    else if (this.#pending.length >= chainFrameBytes && !this.#writing) this.#startWrite();
  }

  newest(key: number): number {
    return this.#newest[key] ?? CHAIN_END;
  }

  async read(address: number): Promise<ChainEntry> {
    this.#assertOpen();
    const held = this.#heldIn(address);
    if (held) return held.read(address);
    const first = await this.#readBytes(address, READ_BYTES);
    const length = RECORD_BYTES + first.readUInt32LE(20);
    return readRecord(length <= first.length ? first : await this.#readBytes(address, length), 0);
  }

  async holds(address: number, { key, seq }: { readonly key: number; readonly seq: number }): Promise<boolean> {
    this.#assertOpen();
    if (!Number.isSafeInteger(address) || address < HEAD_BYTES) return false;
    const held = this.#heldIn(address);
    const bytes = Buffer.alloc(RECORD_BYTES);
    if (!held && (await this.#readInto(bytes, address)) < RECORD_BYTES) return false;
    const found = held ? held.identityAt(address) : identityOf(bytes, 0);
    return found.key === key && found.seq === seq;
  }

  async keepUp(): Promise<void> {
    if (this.#pending.length >= this.#options.limits.chainFrameBytes) await this.#flush();
  }

  async clear(): Promise<void> {
    await this.#flush();
    await this.#begin();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.#flush().catch(() => undefined);
    this.#isClosed = true;
    await this.#file.close();
    this.#options.onClose();
  }

  async #load(): Promise<void> {
    const head = Buffer.alloc(HEAD_BYTES);
    await this.#file.read(head, 0, HEAD_BYTES, 0);
    if (!head.equals(this.#head())) return this.#begin();
    let from = HEAD_BYTES;
    for (let frame = await this.#readFrame(from); frame; frame = await this.#readFrame(from)) {
      this.#noteFrame(frame, from);
      from += frame.length;
    }
    await this.#file.truncate(from);
    this.#pending = this.#bufferAt(from);
  }

  async #begin(): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.write(this.#head(), 0, HEAD_BYTES, 0);
    this.#newest = new Float64Array(0);
    this.#completeSeq = 0;
    this.#writtenSeq = 0;
    this.#writing = undefined;
    this.#pending = this.#bufferAt(HEAD_BYTES);
  }

  /** Undefined when there is none, or none that is whole. */
  async #readFrame(from: number): Promise<Buffer | undefined> {
    const head = Buffer.alloc(FRAME_BYTES);
    if ((await this.#file.read(head, 0, FRAME_BYTES, from)).bytesRead < FRAME_BYTES) return undefined;
    const length = FRAME_BYTES + head.readUInt32LE(8);
    if (length > this.#options.limits.chainPendingBytesMax * 2) return undefined;
    const frame = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(frame, 0, length, from);
    return bytesRead === length && checksumOf(frame) === head.readUInt32LE(12) ? frame : undefined;
  }

  #noteFrame(frame: Buffer, from: number): void {
    for (let at = FRAME_BYTES; at < frame.length; at += RECORD_BYTES + frame.readUInt32LE(at + 20)) {
      this.#lead(frame.readUInt32LE(at + 16), from + at);
    }
    this.#completeSeq = frame.readDoubleLE(0);
    this.#writtenSeq = this.#completeSeq;
  }

  #lead(key: number, address: number): void {
    if (key >= this.#newest.length) {
      const grown = new Float64Array(Math.max(key + 1, this.#newest.length * 2, 1_024)).fill(CHAIN_END);
      grown.set(this.#newest);
      this.#newest = grown;
    }
    this.#newest[key] = address;
  }

  async #flush(): Promise<void> {
    while (!this.#failure && (this.#writing || this.#completeSeq > this.#writtenSeq)) {
      if (!this.#writing) this.#startWrite();
      await this.#write;
    }
    if (this.#failure) throw this.#failure;
  }

  #startWrite(): void {
    const buffer = this.#pending;
    this.#writing = buffer;
    this.#pending = this.#bufferAt(buffer.from + buffer.length);
    this.#write = this.#writeFrame(buffer);
  }

  async #writeFrame(buffer: ChainBuffer): Promise<void> {
    try {
      const frame = buffer.toFrame();
      for (let written = 0; written < frame.length;) {
        const { bytesWritten } = await this.#file.write(frame, written, frame.length - written, buffer.from + written);
        written += bytesWritten;
      }
      this.#writtenSeq = buffer.completeSeq;
      this.#writing = undefined;
    } catch (error) {
      this.#giveUp(error);
    }
    if (!this.#failure && this.#pending.length >= this.#options.limits.chainFrameBytes) this.#startWrite();
  }

  /** The next start goes on from what the file holds. */
  #giveUp(error: unknown): void {
    const { name, telemetry } = this.#options;
    this.#failure = new StorageFailed(`The index ${name}`, { cause: error });
    telemetry.log('error', 'an index could not be written', { name, error: errorText(error) });
  }

  async #readBytes(address: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    const bytesRead = await this.#readInto(bytes, address);
    if (bytesRead < RECORD_BYTES) throw new StorageFailed(`The index ${this.#options.name}`);
    return bytes.subarray(0, bytesRead);
  }

  async #readInto(bytes: Buffer, address: number): Promise<number> {
    try {
      return (await this.#file.read(bytes, 0, bytes.length, address)).bytesRead;
    } catch (error) {
      throw toStorageError(error, `The index ${this.#options.name}`);
    }
  }

  /** What is not in the file yet. */
  #heldIn(address: number): ChainBuffer | undefined {
    return [this.#pending, this.#writing].find((buffer) => buffer?.holds(address));
  }

  #assertOpen(): void {
    if (this.#failure) throw this.#failure;
    if (this.#isClosed) throw new StorageClosed(`The index ${this.#options.name}`);
  }

  #bufferAt(from: number): ChainBuffer {
    return new ChainBuffer(from, this.#options.limits.chainFrameBytes + READ_BYTES);
  }

  #head(): Buffer {
    return Buffer.from(`stockwire chain index 1 of ${this.#options.epoch}\n`.padEnd(HEAD_BYTES, ' '), 'latin1');
  }
}
