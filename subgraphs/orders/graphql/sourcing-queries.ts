import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { locationId } from '../../../kernel/model/codes.ts';
import { capacityOf } from '../app/sourcing/limit-capacity.ts';
import { sourceCart } from '../app/sourcing/source-cart.ts';
import { tryRules } from '../app/sourcing/try-rules.ts';
import { statusAt } from '../domain/sourcing/rules-version.ts';
import type { GraphqlContext } from './context.ts';
import { readDestination } from './read-destination.ts';
import type { QueryResolvers } from './resolvers.generated.ts';
import { initialModel, versionModel } from './rules-model.ts';
import { capacityDayModel, cartModel } from './sourcing-model.ts';

const VERSIONS = { list: 'sourcing-rules', firstDefault: 20, firstMax: 100 } as const;

export const sourcingQueries: QueryResolvers = {
  sourceCart: async (_, { channel, lines, destination, rulesVersion }, { orders, correlationId }) => {
    const version = rulesVersion ?? undefined;
    const cart = {
      channel,
      lines: lines.map(({ pickupAt, ...line }) => (typeof pickupAt === 'string' ? { ...line, pickupAt } : line)),
      destination: readDestination(destination),
      ...(version !== undefined && { rulesVersion: version }),
    };
    return cartModel(await sourceCart(orders, cart, { correlationId }));
  },

  sourcingRules: (_, { at }, context) => {
    const { rules, clock } = context.orders;
    const atMs = at === undefined || at === null ? clock.nowMs() : Date.parse(at);
    const { version, rulebook } = rules.at(atMs);
    return version === 0 ? initialModel(rulebook.rules) : versionOf(context, version);
  },

  sourcingRulesVersions: (_, args, context) => {
    const page = readPage(args, VERSIONS);
    const before = page.after === undefined ? Infinity : Number(page.after[0]);
    const rows = context.orders.rules.versions.filter(({ number }) => number < before).slice(0, page.limit);
    const { edges, pageInfo } = toConnection(rows, page, { list: VERSIONS.list, keysetOf: ({ number }) => [number] });
    return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: versionOf(context, node.number) })) };
  },

  trySourcingRules: async (_, { version, first }, { orders }) => {
    const { tried, incomplete, parcels, unsourced, changes } = await tryRules(orders, { version, first });
    return {
      triedCount: tried,
      incompleteCount: incomplete,
      parcelsBefore: parcels.before,
      parcelsAfter: parcels.after,
      unsourcedBefore: unsourced.before,
      unsourcedAfter: unsourced.after,
      changes,
    };
  },

  nodeCapacity: async (_, { location, from, days }, { orders }) => {
    const asked = { location: locationId(location), from: from ?? undefined, count: days };
    return (await capacityOf(orders, asked)).map(capacityDayModel);
  },
};

/** As it stands now. */
export function versionOf({ orders: { rules, clock } }: Pick<GraphqlContext, 'orders'>, number: number) {
  const version = rules.version(number);
  return versionModel(version, statusAt(version, rules.versions, clock.nowMs()));
}
