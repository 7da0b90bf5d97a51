import type { ResolverMap } from '../../../kernel/graphql/create-subgraph-schema.ts';
import { changeMutations } from './change-mutations.ts';
import { customerFields, customerMutations, customerQueries } from './customers.ts';
import { erasureMutations } from './erasure-mutations.ts';
import { handOffMutations } from './hand-off-mutations.ts';
import { mutations } from './mutations.ts';
import { orderFields, orderLineFields } from './order-fields.ts';
import { orderSearchFields, searchQueries } from './order-search.ts';
import { priorityMutations } from './priority-mutations.ts';
import { queries } from './queries.ts';
import { sourcingMutations } from './sourcing-mutations.ts';
import { sourcingQueries } from './sourcing-queries.ts';
import { workMutations } from './work-mutations.ts';
import { workQueries } from './work-queries.ts';
import { skuFields } from './sku-fields.ts';

/** The live field is answered by the gateway, from the change log of this context. */
export const resolvers: ResolverMap = {
  Query: { ...queries, ...customerQueries, ...searchQueries, ...sourcingQueries, ...workQueries },
  Mutation: {
    ...mutations,
    ...customerMutations,
    ...erasureMutations,
    ...priorityMutations,
    ...changeMutations,
    ...sourcingMutations,
    ...handOffMutations,
    ...workMutations,
  },
  Customer: customerFields,
  Sku: skuFields,
  Order: orderFields,
  OrderLine: orderLineFields,
  OrderSearchConnection: orderSearchFields,
};
