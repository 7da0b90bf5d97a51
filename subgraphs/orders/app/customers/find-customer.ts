import type { OrdersServices } from '../orders-services.ts';

type Services = Pick<OrdersServices, 'store' | 'customerReferences'>;

/** A customer, as channels name them, of whom there is an order or a reference; undefined for anybody else. */
export async function findCustomer({ store, customerReferences }: Services, name: string): Promise<string | undefined> {
  const orders = await store.collection.find({ where: { customer: { eq: name } }, limit: 1 });
  if (orders.length > 0) return name;
  return (await customerReferences.of(name)).length > 0 ? name : undefined;
}
