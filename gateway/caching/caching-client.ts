import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { ANONYMOUS } from '../auth/authenticator.ts';
import { entitiesOf } from '../clients/entities-place.ts';
import type { EntitiesPlace } from '../clients/entities-place.ts';
import { OperationContext } from '../executor/operation-context.ts';
import type {
  RunOperation,
  SubgraphClient,
  SubgraphOperation,
  SubgraphResult,
  Variables,
} from '../executor/subgraph-client.ts';
import { bearsAny } from './bears-any.ts';
import type { CacheHints } from './cache-hints.ts';
import type { CacheStore, Tag } from './cache-store.ts';
import { tagsOfFetch, tagsOfRepresentation } from './fetch-tags.ts';

export interface CachingOptions {
  readonly store: CacheStore;
  readonly hints: CacheHints;
  /** The first key field of each event that the subgraph's context publishes. */
  readonly keyFields: ReadonlySet<string>;
  /** Tells keys of this supergraph from those of the ones before and after it. */
  readonly generation: number;
}

/** Operations that are known by a number, so that a key of each entity is short; a forgotten one asks afresh. */
const OPERATIONS_MAX = 10_000;

/**
 * Keeps what a subgraph tells everybody, as long as its hints allow and until a change of its context says otherwise:
 * entities one by one, fetches of root fields as a whole. What is kept is asked for in the name of nobody, so it cannot
 * depend on who asked; for a request with a header that the subgraph gets, nothing is kept. An answer with an error is
 * not kept, and asked for again by the caller.
 */
export function cacheFetches(client: SubgraphClient, options: CachingOptions): SubgraphClient {
  const { name, propagatedHeaders = [] } = client;
  const ids = new LruMap<string, number>(OPERATIONS_MAX);
  let count = 0;
  const idOf = (text: string): number => {
    const id = ids.get(text) ?? count++;
    ids.set(text, id);
    return id;
  };
  return {
    name,
    propagatedHeaders,
    prepare: (operation) => {
      const maxAgeMs = operation.kind === 'query' ? options.hints.maxAgeMsOf(operation.document) : undefined;
      if (maxAgeMs === undefined) return notKept(client.prepare(operation));
      // What is kept is written as text again, entity by entity.
      const run = client.prepare({ ...operation, readReply: undefined });
      const keyPrefix = `${options.generation} ${name} ${idOf(operation.text)}`;
      const kept: KeptFetch = { ...options, run, operation, maxAgeMs, context: name, keyPrefix };
      const place = entitiesOf(operation);
      const runKept = place ? entitiesFrom(kept, place) : rootFrom(kept);
      return (variables, context) =>
        bearsAny(context.headers, propagatedHeaders)
          ? askAsCaller(run, variables, context)
          : runKept(variables, context);
    },
    close: () => client.close(),
  };
}

interface KeptFetch extends CachingOptions {
  readonly run: RunOperation;
  readonly operation: SubgraphOperation;
  readonly maxAgeMs: number;
  readonly context: string;
  readonly keyPrefix: string;
}

function notKept(run: RunOperation): RunOperation {
  return (variables, context) => {
    context.trail?.lose();
    return run(variables, context);
  };
}

function rootFrom({ store, run, operation, maxAgeMs, context: name, keyFields, keyPrefix }: KeptFetch): RunOperation {
  return async (variables, context) => {
    const key = `${keyPrefix}\n${JSON.stringify(variables)}`;
    const tags = tagsOfFetch(operation.document, variables, { context: name, keyFields });
    const known = store.get(key);
    const [since, expiresAtMs] = [store.position, known?.expiresAtMs ?? store.expiryAfter(maxAgeMs)];
    context.trail?.add(tags, expiresAtMs);
    if (known) return { data: JSON.parse(known.text) as Record<string, unknown> };
    const result = await run(variables, inTheNameOfNobody(context));
    if (!result.data || hasErrors(result)) return askAsCaller(run, variables, context);
    store.put({ key, text: JSON.stringify(result.data), expiresAtMs, tags, since });
    return result;
  };
}

/** An entity that is being looked up. */
interface Sought {
  readonly representation: unknown;
  readonly key: string;
  readonly tags: readonly Tag[];
  entity: unknown;
  isKnown: boolean;
}

function entitiesFrom(kept: KeptFetch, place: EntitiesPlace): RunOperation {
  const { store, context: name, keyPrefix, maxAgeMs } = kept;
  return async (variables, context) => {
    const { [place.variable]: representations, ...others } = variables;
    const prefix = `${keyPrefix}\n${JSON.stringify(others)}\n`;
    const expiresAtMs = store.expiryAfter(maxAgeMs);
    const sought = (representations as readonly unknown[]).map((representation): Sought => {
      const key = prefix + JSON.stringify(representation);
      const tags = tagsOfRepresentation(representation, name);
      const known = store.get(key);
      context.trail?.add(tags, known?.expiresAtMs ?? expiresAtMs);
      const entity = known && (JSON.parse(known.text) as unknown);
      return { representation, key, tags, entity, isKnown: known !== undefined };
    });
    const missing = sought.filter(({ isKnown }) => !isKnown);
    if (missing.length === 0) return answerOf(sought, place);
    return lookUp(kept, { place, others, sought, missing, context, expiresAtMs });
  };
}

interface LookUp {
  readonly place: EntitiesPlace;
  readonly others: Variables;
  readonly sought: readonly Sought[];
  readonly missing: readonly Sought[];
  readonly context: OperationContext;
  readonly expiresAtMs: number;
}

async function lookUp(kept: KeptFetch, lookedUp: LookUp): Promise<SubgraphResult> {
  const { place, others, sought, missing, context, expiresAtMs } = lookedUp;
  const since = kept.store.position;
  const representations = missing.map(({ representation }) => representation);
  const result = await kept.run({ ...others, [place.variable]: representations }, inTheNameOfNobody(context));
  const entities = result.data?.[place.responseKey];
  if (hasErrors(result) || !Array.isArray(entities) || entities.length !== missing.length) {
    const all = sought.map(({ representation }) => representation);
    return askAsCaller(kept.run, { ...others, [place.variable]: all }, context);
  }
  missing.forEach((each, index) => {
    each.entity = entities[index];
    const { key, tags } = each;
    kept.store.put({ key, text: JSON.stringify(each.entity), expiresAtMs, tags, since });
  });
  return answerOf(sought, place);
}

/** What nobody is told may be told to this caller, and what is wrong is the caller's to hear. */
function askAsCaller(
  run: RunOperation,
  variables: Variables,
  context: OperationContext,
): SubgraphResult | Promise<SubgraphResult> {
  context.trail?.lose();
  return run(variables, context);
}

function answerOf(sought: readonly Sought[], { responseKey }: EntitiesPlace): SubgraphResult {
  return { data: { [responseKey]: sought.map(({ entity }) => entity ?? null) } };
}

function hasErrors({ errors }: SubgraphResult): boolean {
  return errors !== undefined && errors.length > 0;
}

function inTheNameOfNobody({ correlationId, traceparent, signal }: OperationContext): OperationContext {
  return new OperationContext({ identity: ANONYMOUS, correlationId, traceparent, ...(signal && { signal }) });
}
