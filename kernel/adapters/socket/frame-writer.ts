import type { Socket } from 'node:net';
import { FRAME_HEAD_BYTES, FRAME_LENGTH_BYTES } from './rpc-frame.ts';

const HEAD_BYTES = FRAME_LENGTH_BYTES + FRAME_HEAD_BYTES;

/** Sends frames; all that are given in one turn go out in one write. */
export class FrameWriter {
  readonly #socket: Socket;
  #kinds: number[] = [];
  #ids: number[] = [];
  #texts: string[] = [];
  readonly #flush = (): void => this.flush();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** What the socket has not taken yet, in bytes. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  send(kind: number, id: number, text: string): void {
    // A tick runs when all promises of this turn are settled, so answers of one commit find each other here.
    if (this.#texts.length === 0) process.nextTick(this.#flush);
    this.#kinds.push(kind);
    this.#ids.push(id);
    this.#texts.push(text);
  }

  flush(): void {
    const texts = this.#texts;
    if (texts.length === 0) return;
    let bytes = texts.length * HEAD_BYTES;
    for (const text of texts) bytes += Buffer.byteLength(text);
    const buffer = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (let index = 0; index < texts.length; index++) {
      const length = buffer.write(texts[index] as string, at + HEAD_BYTES);
      buffer.writeUInt32BE(length + FRAME_HEAD_BYTES, at);
      buffer[at + FRAME_LENGTH_BYTES] = this.#kinds[index] as number;
      buffer.writeUInt32BE(this.#ids[index] as number, at + FRAME_LENGTH_BYTES + 1);
      at += HEAD_BYTES + length;
    }
    this.#kinds = [];
    this.#ids = [];
    this.#texts = [];
    if (!this.#socket.destroyed) this.#socket.write(buffer);
  }
}
