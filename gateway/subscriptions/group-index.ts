import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';

/**
 * Finds who may be concerned by a record without asking everybody. Each filter is filed under the values of the one of
 * its fields that has the fewest.
 */
export class GroupIndex<Member> {
  readonly #byField = new Map<string, Map<string, Set<Member>>>();
  readonly #unfiltered = new Set<Member>();

  add(member: Member, filters: readonly ChangeFilter[]): void {
    for (const filter of filters) {
      const field = narrowestField(filter);
      if (field === undefined) {
        this.#unfiltered.add(member);
        continue;
      }
      const byValue = this.#byField.get(field) ?? new Map<string, Set<Member>>();
      this.#byField.set(field, byValue);
      for (const value of filter[field] ?? []) byValue.set(value, (byValue.get(value) ?? new Set()).add(member));
    }
  }

  remove(member: Member, filters: readonly ChangeFilter[]): void {
    this.#unfiltered.delete(member);
    for (const filter of filters) {
      const field = narrowestField(filter);
      const byValue = field === undefined ? undefined : this.#byField.get(field);
      for (const value of (field !== undefined && filter[field]) || []) {
        const members = byValue?.get(value);
        members?.delete(member);
        if (members?.size === 0) byValue?.delete(value);
      }
    }
  }

  /** Everybody whom the record's present or former values may concern, each once. */
  candidates({ value, left }: ChangeRecord): ReadonlySet<Member> {
    const found = new Set(this.#unfiltered);
    for (const [field, byValue] of this.#byField) {
      const present = value[field];
      for (const each of [...(Array.isArray(present) ? present : [present]), ...(left?.[field] ?? [])]) {
        for (const member of byValue.get(String(each)) ?? []) found.add(member);
      }
    }
    return found;
  }
}

function narrowestField(filter: ChangeFilter): string | undefined {
  let narrowest: string | undefined;
  for (const [field, values] of Object.entries(filter)) {
    if (narrowest === undefined || values.length < (filter[narrowest]?.length ?? 0)) narrowest = field;
  }
  return narrowest;
}
