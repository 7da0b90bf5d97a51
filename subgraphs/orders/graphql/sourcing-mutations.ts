import { locationId } from '../../../kernel/model/codes.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { maySee } from '../app/order-access.ts';
import { activateRules, draftRules, withdrawRules } from '../app/sourcing/change-rules.ts';
import { limitCapacity } from '../app/sourcing/limit-capacity.ts';
import { sourceAgain } from '../app/sourcing/reject-work.ts';
import { findActable, payloadOf } from './mutations.ts';
import { readSourcingRules } from './read-sourcing-rules.ts';
import type { MutationResolvers } from './resolvers.generated.ts';
import { capacityDayModel } from './sourcing-model.ts';
import { versionOf } from './sourcing-queries.ts';

export const sourcingMutations: MutationResolvers = {
  sourceAgain: async (_, { input: { order, idempotencyKey } }, context) => {
    const { orders, identity, correlationId } = context;
    await findActable(context, order, (found) => maySee(identity, found));
    const command = { order, idempotencyKey, by: authorOf(identity) };
    return payloadOf(await sourceAgain(orders, command, { correlationId }), context);
  },

  draftSourcingRules: async (_, { input: { rules, reason } }, context) => {
    const author = { by: authorOf(context.identity), reason };
    const { number } = await draftRules(context.orders, readSourcingRules(rules), author);
    return { version: versionOf(context, number) };
  },

  activateSourcingRules: async (_, { input: { version, effectiveAt, reason } }, context) => {
    const effectiveAtMs = effectiveAt === undefined || effectiveAt === null ? undefined : Date.parse(effectiveAt);
    const author = { by: authorOf(context.identity), reason };
    await activateRules(context.orders, { number: version, effectiveAtMs }, author);
    return { version: versionOf(context, version) };
  },

  withdrawSourcingRules: async (_, { input: { version, reason } }, context) => {
    await withdrawRules(context.orders, version, { by: authorOf(context.identity), reason });
    return { version: versionOf(context, version) };
  },

  limitNodeCapacity: async (_, { input }, { orders, identity, correlationId }) => {
    const { location, day, ordersPerDay = null, unitsPerDay = null, reason } = input;
    const limit = { location: locationId(location), day, ordersPerDay, unitsPerDay };
    const author = { by: authorOf(identity), reason };
    return { day: capacityDayModel(await limitCapacity(orders, limit, { author, cause: { correlationId } })) };
  },
};

const authorOf = ({ clientId, subject }: Identity): string => `${clientId}/${subject}`;
