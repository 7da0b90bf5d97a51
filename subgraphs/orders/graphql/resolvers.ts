import type { ResolverMap } from '../../../kernel/graphql/create-subgraph-schema.ts';
import { mutations } from './mutations.ts';
import { orderFields, orderLineFields } from './order-fields.ts';
import { queries } from './queries.ts';

/** The live field is answered by the gateway, from the change log of this context. */
export const resolvers: ResolverMap = {
  Query: queries,
  Mutation: mutations,
  Order: orderFields,
  OrderLine: orderLineFields,
};
