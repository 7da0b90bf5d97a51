import { crc32 } from 'node:zlib';
import type { ChainEntry } from '../../ports/chain-index.ts';

/** A frame: how many bytes of records follow, their checksum, and the batch up to which they are complete. */
export const FRAME_BYTES = 16;
/** A record: its batch, the address of the former one of its key, the key, the length of its note. Then the note. */
export const RECORD_BYTES = 24;

/** Records that are collected for one frame of a file. */
export class ChainBuffer {
  /** Where in the file the frame begins. */
  readonly from: number;
  #bytes: Buffer;
  #length = FRAME_BYTES;
  #completeSeq = 0;

  constructor(from: number, bytes: number) {
    this.from = from;
    this.#bytes = Buffer.allocUnsafe(bytes);
  }

  get completeSeq(): number {
    return this.#completeSeq;
  }

  /** Bytes of the frame so far. */
  get length(): number {
    return this.#length;
  }

  /** @returns the address of the record */
  add({ seq, former, note }: ChainEntry, key: number): number {
    const noteBytes = note === '' ? 0 : Buffer.byteLength(note);
    const at = this.#length;
    this.#reserve(at + RECORD_BYTES + noteBytes);
    this.#bytes.writeDoubleLE(seq, at);
    this.#bytes.writeDoubleLE(former, at + 8);
    this.#bytes.writeUInt32LE(key, at + 16);
    this.#bytes.writeUInt32LE(noteBytes, at + 20);
    if (noteBytes > 0) this.#bytes.write(note, at + RECORD_BYTES, 'utf8');
    this.#length = at + RECORD_BYTES + noteBytes;
    return this.from + at;
  }

  completeTo(seq: number): void {
    this.#completeSeq = seq;
  }

  holds(address: number): boolean {
    return address >= this.from && address + RECORD_BYTES <= this.from + this.#length;
  }

  read(address: number): ChainEntry {
    return readRecord(this.#bytes, address - this.from);
  }

  identityAt(address: number): ReturnType<typeof identityOf> {
    return identityOf(this.#bytes, address - this.from);
  }

  /** The frame as it goes into the file. */
  toFrame(): Buffer {
    this.#bytes.writeDoubleLE(this.#completeSeq, 0);
    this.#bytes.writeUInt32LE(this.#length - FRAME_BYTES, 8);
    const frame = this.#bytes.subarray(0, this.#length);
    this.#bytes.writeUInt32LE(checksumOf(frame), 12);
    return frame;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(length, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** Over everything in a frame but the checksum itself. */
export function checksumOf(frame: Buffer): number {
  return crc32(frame.subarray(FRAME_BYTES), crc32(frame.subarray(0, 12)));
}

/** What tells a record from any other. */
export function identityOf(bytes: Buffer, at: number): { readonly key: number; readonly seq: number } {
  return { key: bytes.readUInt32LE(at + 16), seq: bytes.readDoubleLE(at) };
}

export function readRecord(bytes: Buffer, at: number): ChainEntry {
  const noteBytes = bytes.readUInt32LE(at + 20);
  const noteAt = at + RECORD_BYTES;
  return {
    seq: bytes.readDoubleLE(at),
    former: bytes.readDoubleLE(at + 8),
    note: noteBytes === 0 ? '' : bytes.toString('utf8', noteAt, noteAt + noteBytes),
  };
}
