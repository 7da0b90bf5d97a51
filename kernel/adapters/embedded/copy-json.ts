/** What JSON data would be after a way through its text: nobody shares it, and members that are undefined are gone. */
export function copyJson(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) && value !== 0 ? value : throughText(value);
  if (Array.isArray(value)) return value.map(copyJson);
  return isPlainObject(value) ? copyMembers(value) : throughText(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function copyMembers(value: Readonly<Record<string, unknown>>): unknown {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = value[name];
    // To set this member would set the prototype.
    if (name === '__proto__') return throughText(value);
    if (member !== undefined && typeof member !== 'function' && typeof member !== 'symbol')
      copy[name] = copyJson(member);
  }
  return copy;
}

/** JSON has no undefined, so that becomes null. */
function throughText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null) ?? 'null');
}
