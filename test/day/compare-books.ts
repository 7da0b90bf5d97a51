/** Pieces by `sku|location`. A position that a book does not name is empty in it. */
export type Book = ReadonlyMap<string, number>;

/** What a system is held to keep, and what it keeps. */
export interface Books {
  readonly ledger: Book;
  /** By the name of the system: its book, and the locations that it keeps. */
  readonly systems: Readonly<Record<string, { readonly book: Book; readonly locations: readonly string[] }>>;
}

/** A position of which a system and the ledger say different things. */
export interface Difference {
  readonly system: string;
  readonly position: string;
  readonly ledger: number;
  readonly told: number;
}

/** What an open exception is about. */
export interface ToldDifference {
  readonly system: string;
  /** `sku|location` */
  readonly position: string;
  /** What the system tells less what the ledger holds. */
  readonly quantity: number;
}

export interface Comparison {
  /** Pairs of a system and a position that were held against the ledger. */
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** Every position that a system or the ledger has at the locations of the system, one by one. */
export function compareBooks({ ledger, systems }: Books): Comparison {
  let compared = 0;
  const differences: Difference[] = [];
  for (const [system, { book, locations }] of Object.entries(systems)) {
    const own = (position: string) => locations.includes(position.slice(position.lastIndexOf('|') + 1));
    for (const position of new Set([...ledger.keys(), ...book.keys()].filter(own))) {
      const [held, told] = [ledger.get(position) ?? 0, book.get(position) ?? 0];
      compared += 1;
      if (held !== told) differences.push({ system, position, ledger: held, told });
    }
  }
  return { compared, differences };
}

/** Whatever stands against "each difference is exactly one exception, and no exception is without a difference". */
export function unexplained(
  differences: readonly Difference[],
  exceptions: readonly ToldDifference[],
): readonly string[] {
  const key = ({ system, position }: { readonly system: string; readonly position: string }) => `${system} ${position}`;
  const told = Map.groupBy(exceptions, key);
  const differing = new Set(differences.map(key));
  const wrong = differences.flatMap((difference) => {
    const own = told.get(key(difference)) ?? [];
    const by = difference.told - difference.ledger;
    if (own.length !== 1) return [`${key(difference)} differs by ${by} and has ${own.length} exceptions`];
    return own[0]?.quantity === by
      ? []
      : [`${key(difference)} differs by ${by}, the exception says ${own[0]?.quantity}`];
  });
  const without = exceptions.filter((exception) => !differing.has(key(exception)));
  return [...wrong, ...without.map((exception) => `${key(exception)} has an exception and does not differ`)];
}
