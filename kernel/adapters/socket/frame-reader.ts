import { FRAME_HEAD_BYTES, FRAME_LENGTH_BYTES } from './rpc-frame.ts';

/** The other side does not keep to the protocol; nothing more can be read from it. */
export class ProtocolBroken extends Error {}

export type FrameListener = (kind: number, id: number, text: string) => void;

/** Cuts what comes over a socket into frames: length (32 bits, big-endian), kind (8 bits), number (32 bits), UTF-8 text. */
export class FrameReader {
  readonly #frameBytesMax: number;
  readonly #onFrame: FrameListener;
  /** What has come of a frame that is not whole yet. */
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** How much must be there before it is worth looking again. */
  #needed = FRAME_LENGTH_BYTES;

  constructor(frameBytesMax: number, onFrame: FrameListener) {
    this.#frameBytesMax = frameBytesMax;
    this.#onFrame = onFrame;
  }

  /** @throws {ProtocolBroken} at a frame that is too short or too long */
  push(chunk: Buffer): void {
    if (this.#bytes === 0) return this.#read(chunk);
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return;
    const all = Buffer.concat(this.#chunks, this.#bytes);
    this.#chunks = [];
    this.#bytes = 0;
    this.#read(all);
  }

  #read(bytes: Buffer): void {
    let from = 0;
    while (bytes.length - from >= FRAME_LENGTH_BYTES) {
      const length = bytes.readUInt32BE(from);
      if (length < FRAME_HEAD_BYTES || length > this.#frameBytesMax) {
        throw new ProtocolBroken(`A frame of ${length} bytes is not taken.`);
      }
      const end = from + FRAME_LENGTH_BYTES + length;
      if (end > bytes.length) break;
      const head = from + FRAME_LENGTH_BYTES;
      from = end;
      const text = bytes.toString('utf8', head + FRAME_HEAD_BYTES, end);
      this.#onFrame(bytes[head] as number, bytes.readUInt32BE(head + 1), text);
    }
    this.#keep(bytes, from);
  }

  #keep(bytes: Buffer, from: number): void {
    this.#needed = FRAME_LENGTH_BYTES;
    if (from === bytes.length) return;
    const rest = bytes.subarray(from);
    if (rest.length >= FRAME_LENGTH_BYTES) this.#needed += rest.readUInt32BE(0);
    this.#chunks = [rest];
    this.#bytes = rest.length;
  }
}
