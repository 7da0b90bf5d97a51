import { Unreadable } from './unreadable.ts';

/** What a value of an outside system means to the hub. Data of the operator, never completed by a guess. */
export type CodeMapping<Meaning> = Readonly<Record<string, Meaning>>;

/** Location codes of an outside system, each with the id of the hub's location. */
export type LocationMapping = CodeMapping<string>;

/** @throws {Unreadable} naming the value that has no meaning yet */
export function mapped<Meaning>(mapping: CodeMapping<Meaning>, value: string, what: string): Meaning {
  if (Object.hasOwn(mapping, value)) return mapping[value] as Meaning;
  throw new Unreadable(`${what} "${value}" is not mapped.`);
}

/** The outside codes of each id; an id may have several. */
export function reversed(mapping: LocationMapping): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const [code, id] of Object.entries(mapping)) codes.set(id, [...(codes.get(id) ?? []), code]);
  return codes;
}
