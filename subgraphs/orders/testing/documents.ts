const ORDER = `
  id status externalId customer
  totals { items { amountMinor } charges { amountMinor } grand { amountMinor currencyCode } }
  lines { id lineNo sku { id } ordered location { id } states { state quantity } }
  payments { tender authorized { amountMinor } captured { amountMinor } refunded { amountMinor } }
  shipments { id carrier trackingNumber deliveredAt location { id } lines { quantity orderLine { lineNo } } }
  timeline(first: 200) { edges { node { type visibility source evidence lagMs lines { lineNo } } } }
`;

export const PLACE = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { changeCursor order { ${ORDER} } }
}`;
export const CANCEL = `mutation ($input: CancelOrderInput!) {
  cancelOrder(input: $input) { changeCursor order { ${ORDER} } }
}`;
export const FULFIL = `mutation ($input: FulfilOrderInput!) {
  fulfilOrder(input: $input) { changeCursor order { ${ORDER} } }
}`;
export const ONE = `query ($id: ID!, $atLeast: ChangeCursor) { order(id: $id, atLeast: $atLeast) { ${ORDER} } }`;
export const BY_NUMBER = `query ($channel: ID!, $externalId: String!) {
  orderByExternalId(channel: $channel, externalId: $externalId) { ${ORDER} }
}`;
export const LIST = `query ($first: Int! = 20, $after: String, $customer: String, $status: OrderStatus, $location: ID) {
  orders(first: $first, after: $after, customer: $customer, status: $status, location: $location) {
    edges { cursor node { id externalId status storeReceipt { number register cashier printedAt } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
