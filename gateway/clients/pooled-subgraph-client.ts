import { FetchFailed } from './fetch-failed.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type {
  RunOperation,
  SubgraphClient,
  SubgraphOperation,
  SubgraphResult,
  Variables,
} from '../executor/subgraph-client.ts';

/** One of the processes that answer for a subgraph. */
export interface PoolMember {
  readonly client: SubgraphClient;
  readonly watch: {
    readonly isUsable: boolean;
    rest(): void;
    close(): void;
  };
}

/** What a process says that cannot answer at the moment; another one may. */
const ELSEWHERE: ReadonlySet<unknown> = new Set(['CONTEXT_UNAVAILABLE', 'NOT_CAUGHT_UP']);

/**
 * Several processes that answer for the same subgraph, asked in turn. A query that one of them cannot answer goes to the
 * next, each at most once. A mutation does so only when it certainly reached nobody: then its outcome is known.
 */
export class PooledSubgraphClient implements SubgraphClient {
  readonly name: string;
  readonly propagatedHeaders: readonly string[];
  readonly #members: readonly PoolMember[];
  #turn = 0;

  /** @param members at least one */
  constructor(members: readonly [PoolMember, ...PoolMember[]]) {
    const [{ client }] = members;
    this.name = client.name;
    this.propagatedHeaders = client.propagatedHeaders ?? [];
    this.#members = members;
  }

  prepare(operation: SubgraphOperation): RunOperation {
    const runs = new Map(this.#members.map((member) => [member, member.client.prepare(operation)]));
    const isQuery = operation.kind === 'query';
    return async (variables, context) => {
      const turns = this.#inTurn().map((member) => ({ member, run: runs.get(member) as RunOperation }));
      return isQuery ? query(turns, variables, context) : mutate(turns, variables, context);
    };
  }

  async close(): Promise<void> {
    for (const { watch } of this.#members) watch.close();
    await Promise.all(this.#members.map(({ client }) => client.close()));
  }

  /** All of them, those that are well first, beginning with another one each time. */
  #inTurn(): readonly PoolMember[] {
    const at = this.#turn++ % this.#members.length;
    const turned = [...this.#members.slice(at), ...this.#members.slice(0, at)];
    return [...turned.filter(({ watch }) => watch.isUsable), ...turned.filter(({ watch }) => !watch.isUsable)];
  }
}

interface Turn {
  readonly member: PoolMember;
  readonly run: RunOperation;
}

async function query(turns: readonly Turn[], variables: Variables, context: OperationContext): Promise<SubgraphResult> {
  let answered: SubgraphResult | undefined;
  let failure: unknown;
  for (const { member, run } of turns) {
    try {
      const result = await run(variables, context);
      if (!isToBeAskedElsewhere(result)) return result;
      answered ??= result;
    } catch (error) {
      // Nobody waits any more; the member is not at fault.
      if (context.signal?.aborted) throw error;
      failure = error;
    }
    member.watch.rest();
  }
  if (answered) return answered;
  throw failure;
}

async function mutate(
  turns: readonly Turn[],
  variables: Variables,
  context: OperationContext,
): Promise<SubgraphResult> {
  let failure: unknown;
  for (const { member, run } of turns) {
    try {
      return await run(variables, context);
    } catch (error) {
      member.watch.rest();
      if (!reachedNobody(error)) throw error;
      failure = error;
    }
  }
  throw failure;
}

function isToBeAskedElsewhere({ errors = [] }: SubgraphResult): boolean {
  return errors.some(({ extensions }) => ELSEWHERE.has(extensions?.['code']));
}

/** Nothing of the request can have arrived. */
function reachedNobody(error: unknown): boolean {
  const failed = (error as { readonly cause?: unknown } | undefined)?.cause;
  return failed instanceof FetchFailed && UNREACHED.has(failed.reason);
}

const UNREACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'connect timeout',
  'cut off after repeated failures',
  'too many fetches under way',
]);
