import { readPage, toConnection, type PageBounds } from '../../../kernel/graphql/connection.ts';
import { erasePersonalData, listQuarantinedMessages } from '../app/message-desk.ts';
import type { MutationResolvers, QuarantinedMessageResolvers, QueryResolvers } from './resolvers.generated.ts';

const PAGE: PageBounds = { list: 'quarantinedMessages', firstDefault: 20, firstMax: 100 };

export const messageQueries: Pick<QueryResolvers, 'quarantinedMessages'> = {
  quarantinedMessages: async (_source, { first, after, system, exception }, { parts, correlationId }) => {
    const page = readPage({ first, ...(after !== undefined && { after }) }, PAGE);
    const rows = await listQuarantinedMessages(
      parts,
      { correlationId },
      {
        limit: page.limit,
        ...(typeof system === 'string' && { system }),
        ...(typeof exception === 'string' && { exceptionId: exception }),
        ...(page.after && {
          after: { receivedAt: String(page.after[0]), system: String(page.after[1]), eventId: String(page.after[2]) },
        }),
      },
    );
    return toConnection(rows, page, {
      list: PAGE.list,
      keysetOf: ({ receivedAt, system: source, eventId }) => [receivedAt, source, eventId],
    });
  },
};

export const messageMutations: Pick<MutationResolvers, 'erasePersonalData'> = {
  erasePersonalData: async (_source, { input: { text, reason: because } }, { parts, ...caller }) => ({
    messages: await erasePersonalData(parts, caller, { text, because }),
  }),
};

export const QuarantinedMessageType: QuarantinedMessageResolvers = {
  exception: async ({ exceptionId }, _arguments, { exceptions }) =>
    exceptionId === null ? null : ((await exceptions.load(exceptionId)) ?? null),
};
