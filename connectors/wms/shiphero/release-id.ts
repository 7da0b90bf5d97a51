/** Between the order and the ordinal of the release; no id of the hub holds it. */
const SEPARATOR = '~';

/** The `partner_order_id` of an order's releases: the order itself for the first, `order~2` for the second. */
export function releaseIdOf(order: string, ordinal: number): string {
  return ordinal === 1 ? order : `${order}${SEPARATOR}${ordinal}`;
}

/** The order that a `partner_order_id` belongs to. */
export function orderOfRelease(partnerOrderId: string): string {
  const [order = partnerOrderId] = partnerOrderId.split(SEPARATOR);
  return order;
}
