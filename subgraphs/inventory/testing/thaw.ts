import { FrozenArray, type Frozen } from '../domain/frozen-array.ts';

/** Arrays of what was frozen, as a snapshot would give them back. */
export function thaw<Data extends object>(frozen: Frozen<Data>): Data {
  const entries = Object.entries(frozen).map(([name, value]) => [name, isFrozen(value) ? arrayOf(value) : value]);
  return Object.fromEntries(entries) as Data;
}

const isFrozen = (value: unknown): value is FrozenArray => value instanceof FrozenArray;

function arrayOf(frozen: FrozenArray): Int32Array | Float64Array {
  const values = Array.from(frozen.pages()).flatMap((page) => [...page]);
  return frozen.kind === 'Int32Array' ? Int32Array.from(values) : Float64Array.from(values);
}
