import { invariant } from '../../../kernel/model/errors.ts';
import { FrozenArray } from '../domain/frozen-array.ts';

/** Elements of a long list that are written at a time. */
const ELEMENTS_PER_SLICE = 500;
const BYTES_PER_SLICE = 1_048_576;
/** Typed arrays begin at a multiple of it. */
const ALIGNMENT = 8;
/** At the end: the lengths of the arrays and of the text, as two little-endian floats of 64 bit. */
const TRAILER_BYTES = 16;

const ARRAY_KINDS = { Int32Array, Uint32Array, Float64Array, Uint8Array, Int8Array, Uint16Array, Int16Array };
type ArrayKind = keyof typeof ARRAY_KINDS;

/** What stands in the text for a typed array. */
interface ArrayMark {
  readonly typedArray: ArrayKind;
  readonly from: number;
  readonly length: number;
}

/** An array, or something that gives its elements from the beginning to the end. */
type LongList = Pick<readonly unknown[], 'length'> & { slice(from: number, to: number): readonly unknown[] };

/**
 * The typed arrays as they lie in memory, then JSON text for all the rest. V8's own form would be shorter to write, but
 * writes equal objects differently according to how they came about.
 *
 * All but frozen arrays and the elements of `longLists` is written down before this returns; the elements must be frozen
 * or never change. Both are written while the slices are taken, so that each slice takes about a millisecond.
 */
export function packInSlices<Data extends object>(
  data: Data,
  longLists: readonly (keyof Data & string)[],
): Iterable<Uint8Array> {
  const arrays: (Uint8Array | FrozenArray)[] = [];
  let bytes = 0;
  const rest = Object.fromEntries(Object.entries(data).filter(([name]) => !longLists.includes(name as never)));
  const text = JSON.stringify(rest, (_key, value: unknown): unknown => {
    const isFrozen = value instanceof FrozenArray;
    if (!isFrozen && !ArrayBuffer.isView(value)) return value;
    const array = value as FrozenArray | Float64Array;
    const kind = isFrozen ? value.kind : value.constructor.name;
    const mark: ArrayMark = { typedArray: checkedKind(kind), from: bytes, length: array.length };
    arrays.push(array instanceof FrozenArray ? array : bytesOf(array));
    bytes += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
    return mark;
  });
  const lists = longLists.map((name) => ({ name, elements: data[name] as LongList }));
  return slices({ arrays, arrayBytes: bytes, text, lists });
}

export function unpack(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const trailer = bytes.byteLength - TRAILER_BYTES;
  invariant(trailer >= 0, 'A snapshot ends before its trailer.');
  const [arrayBytes, textBytes] = [view.getFloat64(trailer, true), view.getFloat64(trailer + 8, true)];
  invariant(arrayBytes + textBytes === trailer, 'The parts of a snapshot do not fit its length.');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + arrayBytes, textBytes).toString();
  return JSON.parse(text, (_key, value: unknown): unknown => {
    const isMark = typeof value === 'object' && value !== null && 'typedArray' in value;
    return isMark ? arrayAt(bytes, value as ArrayMark) : value;
  });
}

/** All slices as one. */
export function joinSlices(parts: Iterable<Uint8Array>): Uint8Array {
  return new Uint8Array(Buffer.concat([...parts]));
}

function* slices(packed: {
  readonly arrays: readonly (Uint8Array | FrozenArray)[];
  readonly arrayBytes: number;
  readonly text: string;
  readonly lists: readonly { readonly name: string; readonly elements: LongList }[];
}): Iterable<Uint8Array> {
  const { arrays, arrayBytes, text, lists } = packed;
  for (const array of arrays) {
    if (array instanceof FrozenArray) for (const page of array.pages()) yield bytesOf(page);
    else yield* cut(array);
    const padding = -array.byteLength & (ALIGNMENT - 1);
    if (padding > 0) yield new Uint8Array(padding);
  }
  let textBytes = 0;
  for (const piece of textPieces(text, lists)) {
    const bytes = Buffer.from(piece);
    textBytes += bytes.byteLength;
    yield* cut(bytes);
  }
  const trailer = new DataView(new ArrayBuffer(TRAILER_BYTES));
  trailer.setFloat64(0, arrayBytes, true);
  trailer.setFloat64(8, textBytes, true);
  yield new Uint8Array(trailer.buffer);
}

/** One JSON object: the members of `text`, then each list. */
function* textPieces(
  text: string,
  lists: readonly { readonly name: string; readonly elements: LongList }[],
): Iterable<string> {
  yield text.slice(0, -1);
  let isFirst = text === '{}';
  for (const { name, elements } of lists) {
    yield `${isFirst ? '' : ','}${JSON.stringify(name)}:[`;
    isFirst = false;
    for (let from = 0; from < elements.length; from += ELEMENTS_PER_SLICE) {
      const piece = JSON.stringify(elements.slice(from, from + ELEMENTS_PER_SLICE));
      yield `${from > 0 ? ',' : ''}${piece.slice(1, -1)}`;
    }
    yield ']';
  }
  yield '}';
}

function* cut(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += BYTES_PER_SLICE) {
    yield bytes.subarray(from, Math.min(from + BYTES_PER_SLICE, bytes.byteLength));
  }
}

function checkedKind(kind: string): ArrayKind {
  invariant(Object.hasOwn(ARRAY_KINDS, kind), `A snapshot holds no ${kind}.`);
  return kind as ArrayKind;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A copy of its own, whose beginning is aligned. */
function arrayAt(bytes: Uint8Array, { typedArray, from, length }: ArrayMark): unknown {
  const Kind = ARRAY_KINDS[typedArray];
  const start = bytes.byteOffset + from;
  return new Kind(bytes.buffer.slice(start, start + length * Kind.BYTES_PER_ELEMENT) as ArrayBuffer);
}
