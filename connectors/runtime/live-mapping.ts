import type { CodeMapping } from './code-mapping.ts';

const domains = new WeakMap<object, string>();

/** The name of the mapping set that these rows belong to; undefined for rows that are of none. */
export function domainOf(rows: object): string | undefined {
  return domains.get(rows);
}

/**
 * The mapping of an adapter with the rows as they are at the moment: each member that is a mapping of codes is looked up
 * anew whenever it is read. Members of other kinds stay as they are.
 * @param rowsOf the rows of a mapping set; undefined: those that the adapter was given
 */
export function liveMapping<Mapping extends object>(
  given: Mapping,
  rowsOf: (domain: string) => CodeMapping<string> | undefined,
): Mapping {
  const live = { ...given };
  for (const [domain, rows] of Object.entries(given)) {
    if (!isCodeMapping(rows)) continue;
    // Of its own: others may have been given the same rows under another name, or under none.
    const own = { ...rows };
    Object.defineProperty(live, domain, { enumerable: true, get: () => namedRows(domain, rowsOf(domain) ?? own) });
  }
  return live;
}

/** The mappings of an adapter's own by their names: what holds as long as nobody has made a mapping set of that name. */
export function codeMappingsOf(given: object): Readonly<Record<string, CodeMapping<string>>> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, CodeMapping<string>] => isCodeMapping(entry[1])),
  );
}

/** States that rows are of a mapping set, so that a value that they lack can be told by it. */
export function namedRows(domain: string, rows: CodeMapping<string>): CodeMapping<string> {
  domains.set(rows, domain);
  return rows;
}

/** Values that mean more than a word, such as a list, stay with the options of the adapter. */
function isCodeMapping(value: unknown): value is CodeMapping<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((meaning) => typeof meaning === 'string');
}
