import { Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import {
  balanceSources,
  catchUp,
  readBalances,
  type ReadBalances,
  type ToldBalances,
} from '../../schema/commands/balances.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../schema/commands/command-definition.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { BalancePage, BalanceSource } from './balance-source.ts';
import type { Poller } from './poller.ts';
import { Unreadable } from './unreadable.ts';
import { UpstreamRejected } from './upstream-errors.ts';

export interface BalanceDesk {
  readonly platform: Pick<Platform, 'rpc'>;
  /** By the name of the system. */
  readonly sources: ReadonlyMap<string, BalanceSource>;
  /** The pollers of a system. */
  readonly pollersOf: (system: string) => readonly Pick<Poller, 'nudge'>[];
}

/** Answers whoever compares the books of outside systems with the ledger. @returns stops it */
export function serveBalances(desk: BalanceDesk): () => void {
  const serve = <Definition extends CommandDefinition>(
    definition: Definition,
    answer: (request: RequestOf<Definition>) => Promise<ReplyOf<Definition>>,
  ): (() => void) =>
    desk.platform.rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) =>
      answer(parseAs<RequestOf<Definition>>(definition.request, payload, definition.name)),
    );
  const stops = [
    serve(balanceSources, async () => ({
      sources: [...desk.sources].map(([system, { figure, locations }]) => ({
        system,
        figure,
        locations: [...locations],
      })),
    })),
    serve(readBalances, (request) => read(desk, request)),
    serve(catchUp, async ({ system }) => {
      const pollers = desk.pollersOf(system);
      for (const poller of pollers) poller.nudge();
      return { feeds: pollers.length };
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

async function read({ sources }: BalanceDesk, { system, location, after, skus }: ReadBalances): Promise<ToldBalances> {
  const source = sources.get(system);
  if (!source?.locations.includes(location)) {
    throw new Refusal('BAD_USER_INPUT', `${system} does not tell how much lies at ${location}.`, { system, location });
  }
  const page = await pageOf(system, () => (skus ? source.lookUp(location, skus) : source.list(location, after)));
  return {
    asOf: new Date(page.asOfMs).toISOString(),
    balances: [...page.balances],
    ...(page.next !== undefined && { next: page.next }),
  };
}

/** A figure that cannot be put into canonical words keeps its page from being compared, with its reason. */
async function pageOf(system: string, ask: () => Promise<BalancePage>): Promise<BalancePage> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UpstreamRejected(system, { status: 422, words: error.message }, { cause: error });
  }
}
