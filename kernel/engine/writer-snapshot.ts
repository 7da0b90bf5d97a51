import type { SnapshotCodec } from './writer-definition.ts';

export interface WriterSnapshot<State> {
  readonly state: State;
  /** The first batch to read again in order to remember past commands; at most one beyond the snapshot. */
  readonly memoryFromSeq: number;
}

/** The version and `memoryFromSeq`, as two little-endian floats of 64 bit. */
const HEADER_BYTES = 16;

/** The pieces of a snapshot. What may change is copied before this returns. */
export function encodeSnapshot<State>(
  { state, memoryFromSeq }: WriterSnapshot<State>,
  codec: SnapshotCodec<State>,
): Iterable<Uint8Array> {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeDoubleLE(codec.version, 0);
  header.writeDoubleLE(memoryFromSeq, 8);
  return withHeader(header, codec.encodeInSlices?.(state) ?? [codec.encode(state)]);
}

function* withHeader(header: Uint8Array, slices: Iterable<Uint8Array>): Iterable<Uint8Array> {
  yield header;
  yield* slices;
}

/** @returns undefined when it was written by another version of the codec */
export function decodeSnapshot<State>(
  bytes: Uint8Array,
  codec: SnapshotCodec<State>,
): WriterSnapshot<State> | undefined {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES || header.readDoubleLE(0) !== codec.version) return undefined;
  // A copy of its own, so that typed arrays over it are aligned. `slice` of a Buffer would be none.
  return { memoryFromSeq: header.readDoubleLE(8), state: codec.decode(new Uint8Array(bytes.subarray(HEADER_BYTES))) };
}
