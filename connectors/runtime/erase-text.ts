const ERASED = '(erased)';

/** JSON data with every text replaced that contains `wanted`, whatever its case; the same object when none does. */
export function withoutText<Value>(value: Value, wanted: string): Value {
  const erased = without(value, wanted.toLowerCase());
  return JSON.stringify(erased) === JSON.stringify(value) ? value : (erased as Value);
}

function without(value: unknown, wanted: string): unknown {
  if (typeof value === 'string') return value.toLowerCase().includes(wanted) ? ERASED : value;
  if (Array.isArray(value)) return value.map((element) => without(element, wanted));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(member, wanted)]));
}
