import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import type { Supergraph } from '../planner/supergraph.ts';
import type { JsonObject } from './merge-data.ts';
import { valueAt } from './pieces/json-piece.ts';

/** Adds the objects that a path of a plan leads to, in document order, to `found`. */
export type CollectObjects = (data: JsonObject, found: JsonObject[]) => void;

type Visit = (value: unknown, found: JsonObject[]) => void;

/**
 * Compiles a path once; it is walked for every run of the plan. Lists are entered wherever they are met: the planner
 * names one level where the schema has a list of lists.
 */
export function compileDataPath(path: readonly FlattenNodePathSegment[], supergraph: Supergraph): CollectObjects {
  let visit: Visit = throughLists((object, found) => found.push(object));
  for (const segment of [...path].reverse()) {
    if (segment !== '@') visit = throughLists(step(segment, visit, supergraph));
  }
  return visit;
}

function step(
  segment: Exclude<FlattenNodePathSegment, '@'>,
  next: Visit,
  supergraph: Supergraph,
): (object: JsonObject, found: JsonObject[]) => void {
  if ('Field' in segment) {
    const key = segment.Field;
    return (object, found) => next(valueAt(object, key), found);
  }
  const types = new Set(segment.TypeCondition.flatMap((name) => [...supergraph.possibleTypes(name)]));
  return (object, found) => {
    if (types.has(object['__typename'] as string)) next(object, found);
  };
}

function throughLists(enter: (object: JsonObject, found: JsonObject[]) => void): Visit {
  const visit: Visit = (value, found) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) visit(item, found);
    else enter(value as JsonObject, found);
  };
  return visit;
}
