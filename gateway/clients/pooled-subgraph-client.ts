import { Obstacle } from '../../kernel/model/errors.ts';
import { FetchFailed } from './fetch-failed.ts';
import type { PoolMember, PoolMembers } from './pool-members.ts';
import type { OperationContext } from '../executor/operation-context.ts';
import type {
  RunOperation,
  SubgraphClient,
  SubgraphOperation,
  SubgraphResult,
  Variables,
} from '../executor/subgraph-client.ts';

/** What a process says that cannot answer at the moment; another one may. */
const ELSEWHERE: ReadonlySet<unknown> = new Set(['CONTEXT_UNAVAILABLE', 'NOT_CAUGHT_UP']);

export interface PooledSubgraphClientOptions {
  /** Of the subgraph. */
  readonly name: string;
  /** Names, in lower case, of the client's headers that the subgraph gets as well. Default: none. */
  readonly propagatedHeaders?: readonly string[];
  readonly members: PoolMembers;
}

/**
 * Several processes that answer for the same subgraph, asked in turn. A query that one of them cannot answer goes to the
 * next, each at most once. A mutation does so only when it certainly reached nobody: then its outcome is known.
 */
export class PooledSubgraphClient implements SubgraphClient {
  readonly name: string;
  readonly propagatedHeaders: readonly string[];
  readonly #members: PoolMembers;
  #turn = 0;

  constructor({ name, propagatedHeaders = [], members }: PooledSubgraphClientOptions) {
    this.name = name;
    this.propagatedHeaders = propagatedHeaders;
    this.#members = members;
  }

  prepare(operation: SubgraphOperation): RunOperation {
    const runs = new WeakMap<PoolMember, RunOperation>();
    const runOf = (member: PoolMember): RunOperation => {
      const known = runs.get(member);
      if (known) return known;
      const run = member.client.prepare(operation);
      runs.set(member, run);
      return run;
    };
    const isQuery = operation.kind === 'query';
    return async (variables, context) => {
      const turns = this.#inTurn().map((member) => ({ member, run: runOf(member) }));
      return isQuery ? query(turns, variables, context) : mutate(turns, variables, context);
    };
  }

  close(): Promise<void> {
    return this.#members.close();
  }

  /**
   * All of them, those that are well first, beginning with another one each time.
   * @throws {Obstacle} SUBGRAPH_UNAVAILABLE when there is none
   */
  #inTurn(): readonly PoolMember[] {
    const members = this.#members.now;
    if (members.length === 0) {
      const details = { service: this.name, reason: 'nobody is there' };
      throw new Obstacle('SUBGRAPH_UNAVAILABLE', `No process answers for the subgraph ${this.name}.`, details);
    }
    const at = this.#turn++ % members.length;
    const turned = [...members.slice(at), ...members.slice(0, at)];
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
