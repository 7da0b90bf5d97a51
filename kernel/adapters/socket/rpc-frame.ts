/** What a frame says; one byte of its head. */
export const FRAME = {
  /** The owner demands a proof that the other one knows the secret: JSON `{ protocol, nonce }`. */
  challenge: 1,
  /** JSON `{ proof, nonce }`. */
  proof: 2,
  /** Requests are taken from now on: JSON `{ protocol, proof? }`. */
  welcome: 3,
  /** JSON `[subject, correlationId, payload]`. */
  request: 4,
  /** The answer as JSON, under the number of its request. */
  answer: 5,
  /** What the owner threw, under the number of its request. */
  failure: 6,
} as const;

/** Raised with every change after which the two sides would no longer understand each other. */
export const PROTOCOL = 1;

/** Bytes of what follows the length: its kind and its number. */
export const FRAME_HEAD_BYTES = 5;
export const FRAME_LENGTH_BYTES = 4;

export interface Frame {
  readonly kind: number;
  /** 32 bits; tells which request an answer belongs to. */
  readonly id: number;
  readonly text: string;
}
