import { invariant } from '../../model/errors.ts';
import { FIND_LIMIT_MAX, IN_VALUES_MAX, type FieldFilter, type FieldValue, type Query } from '../../ports/documents.ts';

type Clause = Readonly<Record<string, unknown>>;

export interface MongoQuestion {
  readonly filter: Clause;
  readonly sort: Readonly<Record<string, 1 | -1>>;
}

/** Where a record keeps the value at a path of the document. */
export const bodyPath = (path: string): string => `body.${path}`;

/** An array matches by its elements, which the port does not mean. */
const NO_ARRAY = { $not: { $type: 'array' } };

/** The types in the order in which a server sorts them, after null. */
const SORTED_TYPES = ['number', 'string', 'object', 'array', 'bool'] as const;

/** What to ask for `query`, once every path that it names was found to be declared. */
export function mongoQuestion(collection: string, query: Query, declared: ReadonlySet<string>): MongoQuestion {
  const { where = {}, orderBy, after, limit } = query;
  invariant(Number.isInteger(limit) && limit >= 1 && limit <= FIND_LIMIT_MAX, 'limit must be 1 to FIND_LIMIT_MAX.');
  for (const path of [...Object.keys(where), ...(orderBy ? [orderBy.path] : [])]) {
    invariant(declared.has(path), `No index of ${collection} declares the path "${path}".`);
  }
  const clauses = Object.entries(where).flatMap(([path, filter]) => filterClauses(path, filter));
  if (after) clauses.push(afterClause(orderBy, after));
  return { filter: clauses.length > 0 ? { $and: clauses } : {}, sort: sortOf(orderBy) };
}

function filterClauses(path: string, filter: FieldFilter): Clause[] {
  const clauses: Clause[] = [];
  const add = (condition: Clause): number => clauses.push({ [bodyPath(path)]: { ...condition, ...NO_ARRAY } });
  if (filter.eq !== undefined) add({ $eq: filter.eq });
  if (filter.in !== undefined) {
    invariant(filter.in.length <= IN_VALUES_MAX, `A filter on "${path}" has more than IN_VALUES_MAX values.`);
    add({ $in: [...filter.in] });
  }
  // A server compares within one type by itself.
  for (const name of ['gt', 'gte', 'lt', 'lte'] as const) {
    if (filter[name] !== undefined) add({ [`$${name}`]: filter[name] });
  }
  return clauses;
}

/** Keyset paging; a missing value comes first in ascending order and last in descending order. */
function afterClause(orderBy: Query['orderBy'], { id, value }: NonNullable<Query['after']>): Clause {
  if (!orderBy) return { _id: { $gt: id } };
  const path = bodyPath(orderBy.path);
  const isAscending = orderBy.direction === 'asc';
  const beyond = isAscending ? '$gt' : '$lt';
  const tie = { [path]: { $eq: value }, _id: { [beyond]: id } };
  if (value === null) return isAscending ? { $or: [{ [path]: { $ne: null } }, tie] } : tie;
  const types = SORTED_TYPES.indexOf(typeOf(value));
  const others = isAscending ? SORTED_TYPES.slice(types + 1) : SORTED_TYPES.slice(0, types);
  return {
    $or: [
      { [path]: { [beyond]: value } },
      tie,
      ...(others.length > 0 ? [{ [path]: { $type: others } }] : []),
      ...(isAscending ? [] : [{ [path]: { $eq: null } }]),
    ],
  };
}

function typeOf(value: FieldValue): (typeof SORTED_TYPES)[number] {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' ? 'number' : 'string';
}

function sortOf(orderBy: Query['orderBy']): MongoQuestion['sort'] {
  if (!orderBy) return { _id: 1 };
  const direction = orderBy.direction === 'asc' ? 1 : -1;
  return { [bodyPath(orderBy.path)]: direction, _id: direction };
}
