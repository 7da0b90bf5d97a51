/** Field of a record -> accepted values. All fields must hold together. */
export type ChangeFilter = Readonly<Record<string, readonly string[]>>;

/** Whether a record's value is among the accepted ones in every field; a list matches when it holds one of them. */
export function matchesFilter(value: Readonly<Record<string, unknown>>, filter: ChangeFilter): boolean {
  return Object.entries(filter).every(([field, accepted]) => {
    const found = value[field];
    return Array.isArray(found) ? found.some((each) => accepts(accepted, each)) : accepts(accepted, found);
  });
}

type Matches = (value: Readonly<Record<string, unknown>>) => boolean;

/** From so many on, accepted values are looked up instead of compared. */
const LOOKED_UP_MIN = 8;

/** `matchesFilter` for a filter that many records are held against. */
export function compileFilter(filter: ChangeFilter): Matches {
  const fields = Object.entries(filter).map(([field, accepted]) => ({
    field,
    accepted: accepted.length < LOOKED_UP_MIN ? accepted : new AcceptedSet(accepted),
  }));
  return (value) => {
    for (const { field, accepted } of fields) {
      const found = value[field];
      if (!(Array.isArray(found) ? found.some((each) => accepts(accepted, each)) : accepts(accepted, found)))
        return false;
    }
    return true;
  };
}

class AcceptedSet {
  readonly #values: ReadonlySet<string>;

  constructor(values: readonly string[]) {
    this.#values = new Set(values);
  }

  includes(value: string): boolean {
    return this.#values.has(value);
  }
}

/**
 * Whether a record that does not match the filter now did so before its last change: for every field, the present value
 * matches or a value that it has just left.
 */
export function hasLeftFilter(
  value: Readonly<Record<string, unknown>>,
  left: Readonly<Record<string, readonly string[]>> | undefined,
  filter: ChangeFilter,
): boolean {
  if (!left) return false;
  return Object.entries(filter).every(
    ([field, accepted]) =>
      matchesFilter(value, { [field]: accepted }) || (left[field] ?? []).some((former) => accepted.includes(former)),
  );
}

function accepts(accepted: Pick<readonly string[], 'includes'>, found: unknown): boolean {
  if (typeof found === 'string') return accepted.includes(found);
  return (typeof found === 'number' || typeof found === 'boolean') && accepted.includes(String(found));
}
