import { parentOf, type BodyShape, type JsonKind } from './body-shape.ts';

/** What the bodies of one kind looked like so far. JSON data. */
export interface RecordedSchema {
  /** Readable bodies that it was learned from, up to the bound of learning. */
  readonly seen: number;
  readonly fields: Readonly<Record<string, RecordedField>>;
  /** Changes that were told already, so that each is told once. */
  readonly told: readonly string[];
}

interface RecordedField {
  readonly kinds: readonly JsonKind[];
  /** It was there whenever what it stands in was. */
  readonly isAlways: boolean;
  /** It came after the schema was learned. */
  readonly isAdded: boolean;
}

export interface SchemaChange {
  readonly change: 'ADDED' | 'RETYPED' | 'MISSING';
  /** Such as `lines[].sku`. */
  readonly field: string;
  /** Kinds that were known; empty for a field that was added. */
  readonly was: readonly JsonKind[];
  /** Kinds that it has now; empty for one that is missing. */
  readonly is: readonly JsonKind[];
}

export const EMPTY_SCHEMA: RecordedSchema = { seen: 0, fields: {}, told: [] };

/** Fields of one schema; a body whose names are data is not learned beyond them. */
const FIELDS_MAX = 1_000;
/** Changes that are remembered; beyond it the oldest could be told again. */
const TOLD_MAX = 500;

/** How a body differs from what is recorded. */
export function changesIn(recorded: RecordedSchema, shape: BodyShape): readonly SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const [field, kinds] of shape) {
    const known = recorded.fields[field];
    const is = [...kinds];
    if (!known) changes.push({ change: 'ADDED', field, was: [], is });
    else if (known.kinds.length > 0 && is.some((kind) => !known.kinds.includes(kind))) {
      changes.push({ change: 'RETYPED', field, was: known.kinds, is });
    }
  }
  for (const [field, { isAlways, kinds }] of Object.entries(recorded.fields)) {
    if (isAlways && field !== '' && !shape.has(field) && shape.has(parentOf(field)) && !isElement(field)) {
      changes.push({ change: 'MISSING', field, was: kinds, is: [] });
    }
  }
  return changes;
}

/** An array without elements says nothing of what its elements are. */
function isElement(field: string): boolean {
  return field.endsWith('[]');
}

/** Takes a readable body for what bodies look like from now on. */
export function learn(recorded: RecordedSchema, shape: BodyShape, { learnBodies }: { readonly learnBodies: number }) {
  const isLearning = recorded.seen < learnBodies;
  const fields: Record<string, RecordedField> = { ...recorded.fields };
  for (const [field, kinds] of shape) {
    const known = fields[field];
    if (!known && Object.keys(fields).length >= FIELDS_MAX) continue;
    const isFirst = recorded.seen === 0;
    fields[field] = {
      kinds: [...new Set([...(known?.kinds ?? []), ...kinds])],
      isAlways: known ? known.isAlways : isFirst,
      isAdded: known ? known.isAdded : !isLearning,
    };
  }
  for (const [field, known] of Object.entries(fields)) {
    const isMissing = !shape.has(field) && shape.has(parentOf(field)) && !isElement(field);
    if (known.isAlways && isMissing) fields[field] = { ...known, isAlways: false };
  }
  return { ...recorded, seen: Math.min(learnBodies, recorded.seen + 1), fields };
}

/** The changes that nobody was told of yet, and the schema that knows that they were told. */
export function untold(
  recorded: RecordedSchema,
  changes: readonly SchemaChange[],
): { readonly news: readonly SchemaChange[]; readonly recorded: RecordedSchema } {
  const told = new Set(recorded.told);
  const news = changes.filter((change) => !told.has(nameOf(change)));
  if (news.length === 0) return { news, recorded };
  return { news, recorded: { ...recorded, told: [...recorded.told, ...news.map(nameOf)].slice(-TOLD_MAX) } };
}

/** How many fields of a body came after its schema was learned. */
export function addedIn(recorded: RecordedSchema, shape: BodyShape): number {
  let count = 0;
  for (const field of shape.keys()) if (recorded.fields[field]?.isAdded !== false) count++;
  return count;
}

/** The same change of the same field has the same name. */
export function nameOf({ change, field, is }: SchemaChange): string {
  return `${change} ${field} ${[...is].sort().join('|')}`;
}
