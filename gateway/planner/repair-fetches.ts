import type { PlanNode } from '@graphql-hive/router-query-planner';
import { parse } from 'graphql';
import { mapFetches } from './map-fetches.ts';
import type { AnyFetch } from './map-fetches.ts';

/** A condition on a type with nothing selected. */
const EMPTY_FRAGMENT = /(\.\.\.\s*on\s+\w+\b)(?=\s*(?:\.\.\.|\}|\w))/g;

/**
 * The planner of version 0.0.38 leaves fragments without a selection where all that was selected of a type moved to another
 * fetch; such a text is not GraphQL.
 */
export function repairFetches(plan: PlanNode): PlanNode {
  return mapFetches(plan, repairFetch);
}

function repairFetch<Fetch extends AnyFetch>(fetch: Fetch): Fetch {
  if (fetch.operation.search(EMPTY_FRAGMENT) < 0 || isDocument(fetch.operation)) return fetch;
  return { ...fetch, operation: fetch.operation.replaceAll(EMPTY_FRAGMENT, '$1{__typename}') };
}

/** A text may have the same in a string. */
function isDocument(text: string): boolean {
  try {
    parse(text, { noLocation: true });
    return true;
  } catch {
    return false;
  }
}
