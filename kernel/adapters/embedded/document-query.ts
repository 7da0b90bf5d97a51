import type { SQLInputValue } from 'node:sqlite';
import { invariant } from '../../model/errors.ts';
import { FIND_LIMIT_MAX, IN_VALUES_MAX, type FieldFilter, type FieldValue, type Query } from '../../ports/documents.ts';

interface Clause {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Where the values of paths stand, as SQL. The same text stands in the indexes, or the planner would not use them. */
export interface FieldSql {
  valueAt(path: string): string;
  typeAt(path: string): string;
}

/** In the documents themselves. */
export const BODY_FIELDS: FieldSql = {
  valueAt: (path) => `json_extract(body, '$.${path}')`,
  typeAt: (path) => `json_type(body, '$.${path}')`,
};

/** Apart from them, each by its whole path, see `indexedFields`. */
export const KEPT_FIELDS: FieldSql = {
  valueAt: (path) => `json_extract(fields, '$."${path}"')`,
  typeAt: (path) => `json_type(fields, '$."${path}"')`,
};

interface Found {
  readonly table: string;
  /** The paths that may be asked for. */
  readonly declared: ReadonlySet<string>;
  readonly fields: FieldSql;
}

/** The statement that answers `query`, once every path that it names was found to be declared. */
export function findSql(query: Query, { table, declared, fields }: Found): Clause {
  const { where = {}, orderBy, after, limit } = query;
  invariant(Number.isInteger(limit) && limit >= 1 && limit <= FIND_LIMIT_MAX, 'limit must be 1 to FIND_LIMIT_MAX.');
  for (const path of [...Object.keys(where), ...(orderBy ? [orderBy.path] : [])]) {
    invariant(declared.has(path), `No index of ${table} declares the path "${path}".`);
  }
  const clauses = Object.entries(where).flatMap(([path, filter]) => filterClauses({ path, fields }, filter));
  if (after) clauses.push(afterClause(fields, orderBy, after));
  const condition = clauses.length > 0 ? `WHERE ${clauses.map((clause) => clause.sql).join(' AND ')}` : '';
  return {
    sql: `SELECT id, version, body FROM ${table} ${condition} ORDER BY ${orderSql(fields, orderBy)} LIMIT ?`,
    values: [...clauses.flatMap((clause) => clause.values), limit],
  };
}

interface Field {
  readonly path: string;
  readonly fields: FieldSql;
}

function filterClauses(field: Field, filter: FieldFilter): Clause[] {
  const clauses: Clause[] = [];
  if (filter.eq !== undefined) clauses.push(inClause(field, [filter.eq]));
  if (filter.in !== undefined) clauses.push(inClause(field, filter.in));
  for (const [name, operator] of [
    ['gt', '>'],
    ['gte', '>='],
    ['lt', '<'],
    ['lte', '<='],
  ] as const) {
    const bound = filter[name];
    if (bound === undefined) continue;
    const value = field.fields.valueAt(field.path);
    clauses.push({ sql: `(${value} ${operator} ? AND ${hasTypeOf(field, bound)})`, values: [bound] });
  }
  return clauses;
}

/** Equality with one of the values, of the same JSON type: 1 is neither true nor "1". */
function inClause(field: Field, wanted: readonly FieldValue[]): Clause {
  const { path, fields } = field;
  invariant(wanted.length <= IN_VALUES_MAX, `A filter on "${path}" has more than IN_VALUES_MAX values.`);
  if (wanted.length === 0) return { sql: 'FALSE', values: [] };
  const alternatives = Map.groupBy(wanted, (value) => hasTypeOf(field, value));
  const parts = [...alternatives].map(([type, values]) => ({
    sql: `(${fields.valueAt(path)} IN (${values.map(() => '?').join(', ')}) AND ${type})`,
    values: values.map(toSql),
  }));
  return { sql: `(${parts.map((part) => part.sql).join(' OR ')})`, values: parts.flatMap((part) => part.values) };
}

function hasTypeOf({ path, fields }: Field, value: FieldValue): string {
  const type = fields.typeAt(path);
  if (typeof value === 'boolean') return `${type} = '${value}'`;
  return typeof value === 'number' ? `${type} IN ('integer', 'real')` : `${type} = 'text'`;
}

/** Keyset paging; a missing value comes first in ascending order and last in descending order. */
function afterClause(fields: FieldSql, orderBy: Query['orderBy'], after: NonNullable<Query['after']>): Clause {
  if (!orderBy) return { sql: 'id > ?', values: [after.id] };
  const field = fields.valueAt(orderBy.path);
  const isAscending = orderBy.direction === 'asc';
  if (after.value === null) {
    return isAscending
      ? { sql: `(${field} IS NOT NULL OR id > ?)`, values: [after.id] }
      : { sql: `(${field} IS NULL AND id < ?)`, values: [after.id] };
  }
  const values = [toSql(after.value), after.id];
  return isAscending
    ? { sql: `(${field}, id) > (?, ?)`, values }
    : { sql: `((${field}, id) < (?, ?) OR ${field} IS NULL)`, values };
}

function orderSql(fields: FieldSql, orderBy: Query['orderBy']): string {
  if (!orderBy) return 'id ASC';
  const direction = orderBy.direction === 'asc' ? 'ASC' : 'DESC';
  return `${fields.valueAt(orderBy.path)} ${direction}, id ${direction}`;
}

const toSql = (value: FieldValue): SQLInputValue => (typeof value === 'boolean' ? Number(value) : value);
