/**
 * JSON text with the members of every object in code-unit order, so that equal content has equal text. Members that
 * are undefined are left out. The input must be JSON data (no cycles, no functions).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
