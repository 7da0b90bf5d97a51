import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { mayActForStore } from '../../../kernel/model/identity.ts';
import { pickList } from '../app/pick-list.ts';
import type { QueryResolvers } from './resolvers.generated.ts';

const PICK_LIST = { list: 'pick-list', firstDefault: 20, firstMax: 100 } as const;

export const workQueries: Pick<QueryResolvers, 'pickList'> = {
  pickList: async (_, args, { orders, identity }) => {
    const location = locationId(args.location);
    if (!mayActForStore(identity, location)) {
      throw new Refusal('FORBIDDEN', 'The token is for other stores.', { claim: 'stores', location });
    }
    const page = readPage(args, PICK_LIST);
    const [placedAtMs, order] = page.after ?? [];
    const after = page.after && { placedAtMs: Number(placedAtMs), order: String(order) };
    const found = await pickList(orders, location, { limit: page.limit, ...(after && { after }) });
    const { edges, pageInfo } = toConnection(found, page, {
      list: PICK_LIST.list,
      keysetOf: (each) => [each.placedAtMs, each.id],
    });
    const toSource = (node: (typeof found)[number]) => ({ order: node, access: 'FULL' as const });
    return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: toSource(node) })) };
  },
};
