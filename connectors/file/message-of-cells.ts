import { Refusal } from '../../kernel/model/errors.ts';

const KINDS = ['text', 'number', 'boolean'] as const;
const PART = /^(?:[A-Za-z_][A-Za-z0-9_]{0,63}|\d{1,3})$/;
const DEPTH_MAX = 8;

/**
 * A row of CSV as an object. A header names where its cells stand, such as `data.location` or `data.lines.0.sku`, and what they
 * are besides text: `data.lines.0.unitPriceMinor:number`. An empty cell leaves its member out.
 * @throws {Refusal} BAD_USER_INPUT for a header or a cell that will not do
 */
export function messageOfCells({
  header,
  record,
}: {
  readonly header: readonly string[];
  readonly record: readonly string[];
}): unknown {
  if (record.length > header.length) throw refused(`The row has ${record.length} cells, the header ${header.length}.`);
  const root: Record<string, unknown> = {};
  for (const [index, cell] of record.entries()) {
    const text = cell.trim();
    if (text === '') continue;
    const [path = '', kind = 'text'] = (header[index] ?? '').split(':');
    put(root, partsOf(path), valueOf(text, { kind, path }));
  }
  return root;
}

function partsOf(path: string): readonly string[] {
  const parts = path.split('.');
  const isFit = parts.length <= DEPTH_MAX && parts.every((part) => PART.test(part) && part !== '__proto__');
  if (isFit) return parts;
  throw refused(`"${path}" is no name of a column.`);
}

function valueOf(text: string, { kind, path }: { readonly kind: string; readonly path: string }): unknown {
  switch (kind as (typeof KINDS)[number]) {
    case 'text':
      return text;
    case 'number':
      if (/^-?\d{1,15}(\.\d{1,9})?$/.test(text)) return Number(text);
      throw refused(`${path}: "${text}" is no number.`);
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw refused(`${path}: "${text}" is neither true nor false.`);
    default:
      throw refused(`"${kind}" is no kind of a column.`);
  }
}

function put(root: Record<string, unknown>, parts: readonly string[], value: unknown): void {
  let members = root;
  for (const [index, part] of parts.entries()) {
    const following = parts[index + 1];
    if (following === undefined) {
      members[part] = value;
      return;
    }
    const next = members[part] ?? (/^\d+$/.test(following) ? [] : {});
    if (typeof next !== 'object') throw refused(`"${parts.join('.')}" stands within a value.`);
    members[part] = next;
    // Elements of an array are set by their index as members are by their name.
    members = next as Record<string, unknown>;
  }
}

function refused(message: string): Refusal {
  return new Refusal('BAD_USER_INPUT', message);
}
