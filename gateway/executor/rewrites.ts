import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import type { Supergraph } from '../planner/supergraph.ts';
import { isJsonObject } from './merge-data.ts';
import type { JsonObject } from './merge-data.ts';
import { valueAt } from './pieces/json-piece.ts';

/** Changes a value in place. */
export type Rewrite = (value: unknown) => void;

/**
 * The plan's corrections of what goes to a subgraph (an interface's name where it knows only that) and of what comes
 * back (a response key that had to be renamed because two types use it differently).
 */
export function compileRewrites(
  rewrites: readonly FetchRewrite[] | undefined,
  supergraph: Supergraph,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, supergraph));
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compileRewrite(rewrite: FetchRewrite, supergraph: Supergraph): Rewrite {
  if ('KeyRenamer' in rewrite) {
    const { path, renameKeyTo } = rewrite.KeyRenamer;
    return compilePath(path, supergraph, (holder, key) => {
      if (!(key in holder)) return;
      holder[renameKeyTo] = holder[key];
      delete holder[key];
    });
  }
  const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
  return compilePath(path, supergraph, (holder, key) => {
    holder[key] = setValueTo;
  });
}

function compilePath(
  path: readonly FetchNodePathSegment[],
  supergraph: Supergraph,
  change: (holder: JsonObject, key: string) => void,
): Rewrite {
  const last = path.at(-1);
  if (!last || !('Key' in last)) return () => undefined;
  let visit: Rewrite = (value) => {
    if (isJsonObject(value)) change(value, last.Key);
  };
  for (const segment of path.slice(0, -1).reverse()) visit = throughLists(step(segment, visit, supergraph));
  return throughLists(visit);
}

function step(segment: FetchNodePathSegment, next: Rewrite, supergraph: Supergraph): Rewrite {
  if ('Key' in segment) {
    return (value) => {
      if (isJsonObject(value)) next(valueAt(value, segment.Key));
    };
  }
  const types = new Set(segment.TypenameEquals.flatMap((name) => [...supergraph.possibleTypes(name)]));
  return (value) => {
    if (isJsonObject(value) && types.has(value['__typename'] as string)) next(value);
  };
}

/** These paths do not mention lists; they mean every item. */
function throughLists(next: Rewrite): Rewrite {
  const visit: Rewrite = (value) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else next(value);
  };
  return visit;
}
