import type { DevIssuer, TokenRequest } from '../../gateway/auth/dev-issuer.ts';
import type { GraphiqlTab } from '../../gateway/transport/graphiql-page.ts';

/** One token per role, each with the claims that make it useful in the demo. */
const VISITORS: readonly TokenRequest[] = [
  { role: 'shopper', customer: 'ALICE' },
  { role: 'store', stores: ['STORE-LEEDS', 'STORE-DUBLIN'] },
  { role: 'agent' },
  { role: 'operator' },
  { role: 'integrator' },
];

const STOREFRONT = `# Anonymous: what a product page asks.
query Storefront {
  skus(ids: ["LAMP", "TEE-BLACK-M", "COFFEE-HOUSE"]) {
    id
    title
    price(currency: "GBP") { amount { amountMinor currencyCode } }
    availability(channel: "WEB-GB") {
      available
      band
      nodes { location { name } available }
    }
  }
}
`;

const LIVE = `# Anonymous: a snapshot, then every change, live.
subscription Live {
  availabilityChanged(channel: "WEB-GB") {
    cursor
    reset
    changes { sku { id title } available version }
  }
}
`;

const TIMELINES = `# Agent: the newest orders of all stores and shops, each with one timeline merged from all systems.
query Orders {
  orders(first: 5) {
    edges {
      node {
        externalId
        channel
        status
        storeReceipt { number printedAt }
        lines { sku { title } ordered states { state quantity } location { name } }
        shipments { carrier trackingNumber deliveredAt }
        returns { number status refunds { amount { amountMinor } status } }
        timeline { edges { node { occurredAt source summary lagMs } } }
      }
    }
  }
}
`;

const STORE_WORK = `# Store: the stock of one store, live.
subscription Shelves {
  positionChanged(location: "STORE-LEEDS") {
    cursor
    changes { sku { id title } onHand sellable returnPending allocated }
  }
}
`;

/** What GraphiQL opens with: one tab per kind of visitor, with its token in the headers. */
export async function welcomeTabs(issuer: DevIssuer | undefined): Promise<readonly GraphiqlTab[]> {
  const bearer = async (request: TokenRequest) =>
    issuer ? { headers: { authorization: `Bearer ${await issuer.issueToken(request)}` } } : {};
  return [
    { query: STOREFRONT },
    { query: LIVE },
    { query: TIMELINES, ...(await bearer({ role: 'agent' })) },
    { query: STORE_WORK, ...(await bearer({ role: 'store', stores: ['STORE-LEEDS'] })) },
  ];
}

export async function printWelcome(url: string, issuer: DevIssuer | undefined): Promise<void> {
  console.log(`Stockwire is trading. Open ${url}/graphql`);
  console.log(`  GraphQL over HTTP  ${url}/graphql`);
  console.log(`  live, WebSocket    ${url.replace(/^http/, 'ws')}/graphql  (graphql-transport-ws)`);
  console.log(`  health, metrics    ${url}/health/ready  ${url}/metrics`);
  if (!issuer) return;
  console.log(`\nTokens of the development issuer, good for a day (more: POST ${url}/dev/token?role=agent):`);
  for (const request of VISITORS) {
    const { role, stores, customer } = request;
    const claims = [stores && `stores ${String(stores)}`, customer && `customer ${customer}`]
      .filter(Boolean)
      .join(', ');
    console.log(`\n${role}${claims && ` (${claims})`}\n${await issuer.issueToken(request)}`);
  }
  console.log('');
}
