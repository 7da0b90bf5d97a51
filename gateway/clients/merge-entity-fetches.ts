import type { Identity } from '../../kernel/model/identity.ts';
import { OperationContext } from '../executor/operation-context.ts';
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
 * subgraphs that tell everybody the same, and only by their owner's word.
 */
export function mergeEntityFetches(client: SubgraphClient, options: MergeOptions): SubgraphClient {
  return {
    name: client.name,
    propagatedHeaders: client.propagatedHeaders ?? [],
    prepare: (operation) => {
      const place = entitiesOf(operation);
      const run = client.prepare(operation);
      return place ? merged(run, place, options) : run;
    },
    close: () => client.close(),
  };
}

interface Waiting {
  readonly representations: readonly unknown[];
  readonly resolve: (result: SubgraphResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Fetches that differ in their representations alone. */
interface Batch {
  readonly variables: Variables;
  readonly context: OperationContext;
  readonly waiting: Waiting[];
  size: number;
}

function merged(run: RunOperation, place: EntitiesPlace, options: MergeOptions): RunOperation {
  const { representationsMax = REPRESENTATIONS_MAX, defer = setImmediate } = options;
  const open = new Map<string, Batch>();
  return (variables, context) => {
    const { [place.variable]: representations, ...others } = variables;
    if (!Array.isArray(representations)) return run(variables, context);
    const key = JSON.stringify(others);
    return new Promise((resolve, reject) => {
      let batch = open.get(key);
      if (!batch || batch.size + representations.length > representationsMax) {
        const started: Batch = { variables: others, context, waiting: [], size: 0 };
        open.set(key, started);
        defer(() => {
          if (open.get(key) === started) open.delete(key);
          send(started, run, { place, identity: options.identity });
        });
        batch = started;
      }
      batch.waiting.push({ representations, resolve, reject });
      batch.size += representations.length;
    });
  };
}

function send(
  { variables, context, waiting }: Batch,
  run: RunOperation,
  { place, identity }: { readonly place: EntitiesPlace; readonly identity: Identity },
): void {
  const representations = waiting.flatMap((each) => each.representations);
  const { correlationId, traceparent } = context;
  const shared = new OperationContext({ identity, correlationId, traceparent });
  const fetch = async (): Promise<SubgraphResult> => run({ ...variables, [place.variable]: representations }, shared);
  fetch().then(
    (result) => hand(result, waiting, place),
    (error: unknown) => waiting.forEach(({ reject }) => reject(error)),
  );
}

/** Each gets its own entities, and the errors at them. */
function hand(
  { data, errors = [] }: SubgraphResult,
  waiting: readonly Waiting[],
  { responseKey }: EntitiesPlace,
): void {
  const entities = data?.[responseKey];
  let first = 0;
  for (const { representations, resolve } of waiting) {
    const end = first + representations.length;
    const own = errors.flatMap((error) => errorWithin(error, first, end));
    const slice = Array.isArray(entities) ? { [responseKey]: entities.slice(first, end) } : (data ?? null);
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
