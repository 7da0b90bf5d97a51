import type { Identity } from '../../kernel/model/identity.ts';
import { Cancellation } from '../executor/cancellation.ts';
import { OperationContext } from '../executor/operation-context.ts';
import { unreachable } from '../executor/subgraph-error.ts';
import type {
  RunOperation,
  SubgraphClient,
  SubgraphError,
  SubgraphResult,
  Variables,
} from '../executor/subgraph-client.ts';
import { entitiesOf } from './entities-place.ts';
import type { EntitiesPlace } from './entities-place.ts';

export interface MergeOptions {
  /**
   * In whose name merged fetches are sent. It must be one without rights: then what is told cannot depend on who asked,
   * and a field that needs rights is refused instead of shown to the wrong caller.
   */
  readonly identity: Identity;
  /** The most representations of one merged fetch. Default: 1,000. */
  readonly representationsMax?: number;
  /** Runs what has gathered; once per turn of the event loop. Default: `setImmediate`. */
  readonly defer?: (run: () => void) => void;
}

const REPRESENTATIONS_MAX = 1_000;

/**
 * Sends the entity fetches of all requests of one turn of the event loop that ask for the same fields as one fetch. For
 * subgraphs that tell everybody the same, and only by their owner's word. It goes on as long as anybody waits for it.
 */
export function mergeEntityFetches(client: SubgraphClient, options: MergeOptions): SubgraphClient {
  return {
    name: client.name,
    propagatedHeaders: client.propagatedHeaders ?? [],
    prepare: (operation) => {
      const place = entitiesOf(operation);
      const run = client.prepare(operation);
      return place ? merged(run, { ...options, place, service: client.name }) : run;
    },
    close: () => client.close(),
  };
}

interface Waiting {
  readonly representations: readonly unknown[];
  readonly context: OperationContext;
  readonly resolve: (result: SubgraphResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Fetches that differ in their representations alone. */
interface Batch {
  readonly variables: Variables;
  readonly waiting: Waiting[];
  size: number;
}

interface MergedFetch extends MergeOptions {
  readonly place: EntitiesPlace;
  readonly service: string;
}

function merged(run: RunOperation, options: MergedFetch): RunOperation {
  const { place, representationsMax = REPRESENTATIONS_MAX, defer = setImmediate } = options;
  const open = new Map<string, Batch>();
  return (variables, context) => {
    const { [place.variable]: representations, ...others } = variables;
    if (!Array.isArray(representations)) return run(variables, context);
    const key = JSON.stringify(others);
    return new Promise((resolve, reject) => {
      let batch = open.get(key);
      if (!batch || batch.size + representations.length > representationsMax) {
        const started: Batch = { variables: others, waiting: [], size: 0 };
        open.set(key, started);
        defer(() => {
          if (open.get(key) === started) open.delete(key);
          send(started, run, options);
        });
        batch = started;
      }
      batch.waiting.push({ representations, context, resolve, reject });
      batch.size += representations.length;
    });
  };
}

function send({ variables, waiting: gathered }: Batch, run: RunOperation, merging: MergedFetch): void {
  const { place, identity, service } = merging;
  const waiting = gathered.filter(({ context }) => !context.signal?.aborted);
  for (const each of gathered) if (!waiting.includes(each)) each.reject(unreachable(service, undefined, 'aborted'));
  const [first] = waiting;
  if (!first) return;
  const representations = waiting.flatMap((each) => each.representations);
  const { correlationId, traceparent } = first.context;
  const { signal, stopListening } = whenAllAreGone(waiting);
  const shared = new OperationContext({ identity, correlationId, traceparent, signal });
  const fetch = async (): Promise<SubgraphResult> => run({ ...variables, [place.variable]: representations }, shared);
  fetch()
    .then((result) => {
      // Nobody could tell which of them are whose.
      const isShifted = (listOf(result, place)?.length ?? representations.length) !== representations.length;
      if (isShifted) throw unreachable(service, undefined, 'another number of entities than asked for');
      hand(result, waiting, place);
    })
    .catch((error: unknown) => waiting.forEach(({ reject }) => reject(error)))
    .finally(stopListening);
}

/** Aborts when the last of them has. */
function whenAllAreGone(waiting: readonly Waiting[]) {
  const signal = new Cancellation();
  let left = waiting.length;
  const leave = (): void => {
    if (--left === 0) signal.abort();
  };
  for (const { context } of waiting) context.signal?.addEventListener('abort', leave);
  const stopListening = (): void => {
    for (const { context } of waiting) context.signal?.removeEventListener('abort', leave);
  };
  return { signal, stopListening };
}

function listOf({ data }: SubgraphResult, { responseKey }: EntitiesPlace): readonly unknown[] | undefined {
  const entities = data?.[responseKey];
  return Array.isArray(entities) ? entities : undefined;
}

/** Each gets its own entities, and the errors at them. */
function hand(result: SubgraphResult, waiting: readonly Waiting[], place: EntitiesPlace): void {
  const { data, errors = [] } = result;
  const entities = listOf(result, place);
  let first = 0;
  for (const { representations, resolve } of waiting) {
    const end = first + representations.length;
    const own = errors.flatMap((error) => errorWithin(error, first, end));
    const slice = entities ? { [place.responseKey]: entities.slice(first, end) } : (data ?? null);
    resolve({ data: slice && { ...slice }, ...(own.length > 0 && { errors: own }) });
    first = end;
  }
}

/** An error at the entity of somebody else is none of ours; one that names no entity is everybody's. */
function errorWithin(error: SubgraphError, first: number, end: number): readonly SubgraphError[] {
  const [root, index, ...rest] = error.path ?? [];
  if (root === undefined || typeof index !== 'number') return [error];
  return index >= first && index < end ? [{ ...error, path: [root, index - first, ...rest] }] : [];
}
