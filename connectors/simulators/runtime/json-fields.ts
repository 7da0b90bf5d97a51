import { HttpFailure } from './http-failure.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** How a simulator says that a request body is not what it expects: status 400 with this vendor code. */
const CODE = 'BAD_REQUEST';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown, field = 'body'): JsonObject {
  if (!isObject(value)) throw new HttpFailure(400, CODE, `${field} must be an object`, { field });
  return value;
}

export function textOf(source: JsonObject, field: string): string {
  const value = source[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new HttpFailure(400, CODE, `${field} must be a non-empty text`, { field });
}

export function optionalTextOf(source: JsonObject, field: string): string | undefined {
  return source[field] === undefined || source[field] === null ? undefined : textOf(source, field);
}

export function numberOf(source: JsonObject, field: string): number {
  const value = source[field];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new HttpFailure(400, CODE, `${field} must be a number`, { field });
}

/** An absent list is empty; a longer one than `countMax` is refused. */
export function listOf(source: JsonObject, field: string, countMax: number): readonly unknown[] {
  const value = source[field] ?? [];
  if (!Array.isArray(value)) throw new HttpFailure(400, CODE, `${field} must be a list`, { field });
  if (value.length > countMax) throw new HttpFailure(400, CODE, `${field} holds more than ${countMax}`, { field });
  return value;
}

export function textsOf(source: JsonObject, field: string, countMax: number): readonly string[] {
  return listOf(source, field, countMax).map((value) => {
    if (typeof value !== 'string') throw new HttpFailure(400, CODE, `${field} must hold texts`, { field });
    return value;
  });
}
