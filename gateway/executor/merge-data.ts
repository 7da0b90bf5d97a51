import { valueAt } from './pieces/json-piece.ts';

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Adds the fields of `source` to `target`. Objects and lists that both have are merged; what only `source` has is
 * moved, not copied, so `source` must not be used any more.
 */
export function mergeData(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    const value = source[key];
    const known = target[key];
    if (known === undefined || known === null) target[key] = value;
    else if (typeof known === 'object') mergeValue(target, key, source);
    else if (value !== null && !isTypename(key)) target[key] = value;
  }
}

/** Takes over the concrete type that a subgraph tells of an object that another one knows by its interface alone. */
export function refineTypename(
  target: JsonObject,
  source: JsonObject,
  isObjectTypeName: (name: string) => boolean,
): void {
  const name = source['__typename'];
  if (typeof name === 'string' && name !== target['__typename'] && isObjectTypeName(name)) target['__typename'] = name;
}

function isTypename(key: string): boolean {
  return key === '__typename';
}

function mergeValue(target: JsonObject, key: string, source: JsonObject): void {
  // A subgraph of another make could send this name to reach the prototype of all objects.
  if (key === '__proto__') return;
  const known = valueAt(target, key);
  const value = valueAt(source, key);
  if (typeof known !== 'object') target[key] = value ?? known;
  else if (isJsonObject(known) && isJsonObject(value)) mergeData(known, value);
  else if (Array.isArray(known) && Array.isArray(value)) mergeLists(known, value);
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  const length = Math.min(target.length, source.length);
  for (let index = 0; index < length; index++) {
    const known = target[index];
    const value = source[index];
    if (isJsonObject(known) && isJsonObject(value)) mergeData(known, value);
    else if (Array.isArray(known) && Array.isArray(value)) mergeLists(known, value);
  }
}
