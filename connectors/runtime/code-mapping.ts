import { domainOf } from './live-mapping.ts';
import { UnmappedValue } from './unreadable.ts';

/** What a value of an outside system means to the hub. Data of the operator, never completed by a guess. */
export type CodeMapping<Meaning> = Readonly<Record<string, Meaning>>;

/** The mappings of one outside system by the names of their mapping sets. */
export type MappingRows = Readonly<Record<string, CodeMapping<string>>>;

/** Location codes of an outside system, each with the id of the hub's location. */
export type LocationMapping = CodeMapping<string>;

/** @throws {UnmappedValue} naming the value that has no meaning yet */
export function mapped<Meaning>(mapping: CodeMapping<Meaning>, value: string, what: string): Meaning {
  if (Object.hasOwn(mapping, value)) return mapping[value] as Meaning;
  throw new UnmappedValue(what, { domain: domainOf(mapping) ?? what, value });
}

/** The outside codes of each id; an id may have several. */
export function reversed(mapping: LocationMapping): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const [code, id] of Object.entries(mapping)) codes.set(id, [...(codes.get(id) ?? []), code]);
  return codes;
}
