import type { StreamMessage } from '../../ports/streams.ts';

type Kept = Omit<StreamMessage, 'delivery'>;

/** Messages that wait for their turn, up to a number of bytes; the others are read again when it comes. */
export class KeptMessages {
  readonly #bytesMax: number;
  readonly #messages = new Map<number, { readonly message: Kept; readonly bytes: number }>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(message: Kept, bytes: number): void {
    if (this.#bytes + bytes > this.#bytesMax) return;
    this.#messages.set(message.seq, { message, bytes });
    this.#bytes += bytes;
  }

  get(seq: number): Kept | undefined {
    return this.#messages.get(seq)?.message;
  }

  delete(seq: number): void {
    this.#bytes -= this.#messages.get(seq)?.bytes ?? 0;
    this.#messages.delete(seq);
  }
}
