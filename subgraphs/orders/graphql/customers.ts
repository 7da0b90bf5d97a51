import { Refusal } from '../../../kernel/model/errors.ts';
import { hasScope, type Identity } from '../../../kernel/model/identity.ts';
import { findCustomer } from '../app/customers/find-customer.ts';
import { maySeeCustomer } from '../app/order-access.ts';
import { readName } from '../app/read-name.ts';
import { listOrders } from './list-orders.ts';
import type { CustomerResolvers, MutationResolvers, QueryResolvers } from './resolvers.generated.ts';

export interface CustomerSource {
  /** As channels name them. */
  readonly reference: string;
}

export const customerQueries: Pick<QueryResolvers, 'customer' | 'customerByReference'> = {
  customer: async (_, { reference }, { orders, identity }) =>
    seenBy(identity, await findCustomer(orders, readName(reference, 'reference'))),

  customerByReference: async (_, named, { orders, identity }) => {
    assertMayLink(identity);
    return seenBy(identity, await orders.customerReferences.customerOf(namesOf(named)));
  },
};

export const customerMutations: Pick<MutationResolvers, 'linkCustomer' | 'unlinkCustomer'> = {
  linkCustomer: async (_, { input }, { orders, identity }) => {
    assertMayLink(identity);
    const customer = readName(input.customer, 'customer');
    const by = `${identity.clientId}/${identity.subject}`;
    const link = { ...namesOf(input), customer, linkedAtMs: orders.clock.nowMs(), by };
    await orders.customerReferences.link(link);
    return { customer: { reference: customer } };
  },

  unlinkCustomer: async (_, { input }, { orders, identity }) => {
    assertMayLink(identity);
    const customer = readName(input.customer, 'customer');
    await orders.customerReferences.unlink({ ...namesOf(input), customer });
    return { customer: { reference: customer } };
  },
};

export const customerFields: CustomerResolvers = {
  __resolveReference: ({ reference }, { identity }) => seenBy(identity, reference),
  references: async ({ reference }, _, { orders, identity }) => {
    if (!isForAll(identity)) return [];
    const known = await orders.customerReferences.of(reference);
    return known.map(({ system, reference: name, linkedAtMs }) => ({
      system,
      reference: name,
      linkedAt: new Date(linkedAtMs).toISOString(),
    }));
  },
  orders: ({ reference }, args, context) => listOrders(context, { ...args, customer: reference }),
};

const seenBy = (identity: Identity, customer: string | undefined): CustomerSource | null =>
  customer !== undefined && maySeeCustomer(identity, customer) ? { reference: customer } : null;

/** Acts on the orders of every customer. */
const isForAll = (identity: Identity): boolean => identity.stores === '*' && hasScope(identity, 'orders:act');

/** @throws {Refusal} FORBIDDEN */
function assertMayLink(identity: Identity): void {
  if (isForAll(identity)) return;
  throw new Refusal('FORBIDDEN', 'The token is not for the customers of all stores.', { claim: 'stores' });
}

/** @throws {Refusal} BAD_USER_INPUT */
const namesOf = ({ system, reference }: { readonly system: string; readonly reference: string }) => ({
  system: readName(system, 'system'),
  reference: readName(reference, 'reference'),
});
