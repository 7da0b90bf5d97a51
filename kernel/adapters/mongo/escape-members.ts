/** Names that a server may take for an operator or a path, or that the driver takes for a type of its own. */
const UNSAFE = /^\$|[.%\0]|^_bsontype$|^__proto__$/;
const ESCAPED = /%([0-9A-F]{2})/g;

/** A copy of JSON data whose member names any server of the protocol keeps as they are. */
export function escapeMembers(value: unknown): unknown {
  return mapMembers(value, (name) => (UNSAFE.test(name) ? escapeName(name) : name));
}

/** The data as it was before `escapeMembers`. */
export function unescapeMembers(value: unknown): unknown {
  return mapMembers(value, (name) => (name.includes('%') ? unescapeName(name) : name));
}

function mapMembers(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapMembers(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const renamed = rename(name);
    const mapped = mapMembers(member, rename);
    if (renamed === '__proto__') Object.defineProperty(copy, renamed, { value: mapped, ...PLAIN });
    else copy[renamed] = mapped;
  }
  return copy;
}

const PLAIN = { enumerable: true, configurable: true, writable: true };

/** The first character always, so that `_bsontype` and `$set` are no longer what they look like. */
function escapeName(name: string): string {
  const rest = name.slice(1).replaceAll(/[.%\0]/g, escapeCharacter);
  return /^[$_.%\0]/.test(name) ? escapeCharacter(name.charAt(0)) + rest : name.charAt(0) + rest;
}

const escapeCharacter = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

const unescapeName = (name: string): string =>
  name.replaceAll(ESCAPED, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
