type TypedArray = Int32Array | Uint32Array | Uint16Array | Float64Array;

/** The same array when it holds `length` values already, else a copy with room for at least twice as many. */
export function grown<Values extends TypedArray>(values: Values, length: number, fill = 0): Values {
  if (length <= values.length) return values;
  const Constructor = values.constructor as new (length: number) => Values;
  const larger = new Constructor(Math.max(length, values.length * 2, 64));
  larger.set(values);
  if (fill !== 0) larger.fill(fill, values.length);
  return larger;
}
