import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';

/** What is filed under the values of one field. */
interface FieldIndex<Member> {
  readonly members: Map<string, Set<Member>>;
  /** How many filters name each value, wherever they are filed. */
  readonly uses: Map<string, number>;
}

/**
 * Finds who may be concerned by a record without asking everybody. Each filter is filed under the values of the one of
 * its fields that picks the fewest records, as far as the filters tell: of a SKU and a channel, the SKU, because many
 * SKUs are asked for and few channels.
 */
export class GroupIndex<Member> {
  readonly #byField = new Map<string, FieldIndex<Member>>();
  readonly #unfiltered = new Set<Member>();
  readonly #filedUnder = new Map<Member, readonly (string | undefined)[]>();

  add(member: Member, filters: readonly ChangeFilter[]): void {
    const filedUnder = filters.map((filter) => this.#file(member, filter));
    this.#filedUnder.set(member, filedUnder);
  }

  /** @param filters those that it was added with */
  remove(member: Member, filters: readonly ChangeFilter[]): void {
    const filedUnder = this.#filedUnder.get(member) ?? [];
    this.#filedUnder.delete(member);
    this.#unfiltered.delete(member);
    for (const [index, filter] of filters.entries()) {
      for (const [field, values] of Object.entries(filter)) this.#forget(field, values);
      const field = filedUnder[index];
      const members = field === undefined ? undefined : this.#byField.get(field)?.members;
      for (const value of (field !== undefined && filter[field]) || []) {
        const found = members?.get(value);
        found?.delete(member);
        if (found?.size === 0) members?.delete(value);
      }
    }
  }

  /** Everybody whom the record's present or former values may concern, each once. */
  candidates({ value, left }: ChangeRecord): ReadonlySet<Member> {
    const found = new Set(this.#unfiltered);
    for (const [field, { members }] of this.#byField) {
      if (members.size === 0) continue;
      const present = value[field];
      if (Array.isArray(present)) for (const each of present) addAll(found, members.get(String(each)));
      else addAll(found, members.get(String(present)));
      for (const former of left?.[field] ?? []) addAll(found, members.get(former));
    }
    return found;
  }

  /** @returns the field that it is filed under */
  #file(member: Member, filter: ChangeFilter): string | undefined {
    for (const [field, values] of Object.entries(filter)) this.#remember(field, values);
    const field = this.#narrowestField(filter);
    if (field === undefined) {
      this.#unfiltered.add(member);
      return undefined;
    }
    const { members } = this.#indexOf(field);
    for (const value of filter[field] ?? []) {
      const filed = members.get(value);
      if (filed) filed.add(member);
      else members.set(value, new Set([member]));
    }
    return field;
  }

  /** By the part of a field's known values that the filter names; when that is equal, by how many it names. */
  #narrowestField(filter: ChangeFilter): string | undefined {
    let narrowest: string | undefined;
    let least = Infinity;
    let fewest = 0;
    for (const [field, values] of Object.entries(filter)) {
      const part = values.length / Math.max(1, this.#indexOf(field).uses.size);
      if (part > least || (part === least && values.length >= fewest)) continue;
      [narrowest, least, fewest] = [field, part, values.length];
    }
    return narrowest;
  }

  #indexOf(field: string): FieldIndex<Member> {
    const known = this.#byField.get(field);
    if (known) return known;
    const created: FieldIndex<Member> = { members: new Map(), uses: new Map() };
    this.#byField.set(field, created);
    return created;
  }

  #remember(field: string, values: readonly string[]): void {
    const { uses } = this.#indexOf(field);
    for (const value of values) uses.set(value, (uses.get(value) ?? 0) + 1);
  }

  #forget(field: string, values: readonly string[]): void {
    const uses = this.#byField.get(field)?.uses;
    for (const value of values) {
      const count = uses?.get(value) ?? 0;
      if (count > 1) uses?.set(value, count - 1);
      else uses?.delete(value);
    }
  }
}

function addAll<Member>(found: Set<Member>, members: ReadonlySet<Member> | undefined): void {
  if (members) for (const member of members) found.add(member);
}
