import type { HubClient } from '../../scripts/client/hub-client.ts';
import type { RetailerHub } from '../harness/open-retailer-hub.ts';

/** Whoever uses the public API of the hub on the day. */
export interface DayClients {
  readonly agent: HubClient;
  readonly integrator: HubClient;
  readonly operator: HubClient;
}

export async function dayClients(hub: RetailerHub): Promise<DayClients> {
  const [agent, integrator, operator] = await Promise.all([hub.as('agent'), hub.as('integrator'), hub.as('operator')]);
  return { agent, integrator, operator };
}

const PAGE = 'pageInfo { hasNextPage endCursor }';
const EXCEPTIONS = `query ($after: String) { page: exceptions(first: 100, after: $after, filter: { statuses: [OPEN, ASSIGNED] }) {
  edges { node { id class quantity summary impact { skus { id } locations { id } } lineage { source eventId } } } ${PAGE} } }`;
const RETURNS = `query ($after: String) { page: returns(first: 100, after: $after) {
  edges { node { id status location { id } lines { id status quantity sku { id } } } } ${PAGE} } }`;
const POSTINGS = `query ($location: ID!, $day: String!) { salesPostings(location: $location, day: $day) {
  state waitingReceipts registers { taken { sales returns } } batches { sequence status document } } }`;
const POST = 'mutation ($input: PostStoreSalesInput!) { postStoreSales(input: $input) { salesPostings { state } } }';
const QUEUES = '{ outboundQueues { system underWay waiting { commands } } }';

export interface ExceptionRow {
  readonly id: string;
  readonly class: string;
  readonly quantity: string | null;
  readonly summary: string;
  readonly impact: {
    readonly skus: readonly ({ readonly id: string } | null)[];
    readonly locations: readonly ({ readonly id: string } | null)[];
  };
  readonly lineage: { readonly source: string; readonly eventId: string };
}

export interface ReturnRow {
  readonly id: string;
  readonly status: string;
  readonly location: { readonly id: string } | null;
  readonly lines: readonly {
    readonly id: string;
    readonly status: string;
    readonly quantity: string;
    readonly sku: { readonly id: string } | null;
  }[];
}

/** The sales of a store and day on their way to the ERP. */
export interface PostingRow {
  readonly state: string;
  readonly waitingReceipts: number;
  readonly registers: readonly { readonly taken: { readonly sales: number; readonly returns: number } }[];
  readonly batches: readonly { readonly sequence: number; readonly status: string; readonly document: string | null }[];
}

interface Page<Node> {
  readonly page: {
    readonly edges: readonly { readonly node: Node }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** Those that nobody has closed. */
export const openExceptions = ({ operator }: DayClients): Promise<readonly ExceptionRow[]> => all(operator, EXCEPTIONS);

export const allReturns = ({ agent }: DayClients): Promise<readonly ReturnRow[]> => all(agent, RETURNS);

/** Somebody cashes up: what was taken so far goes to the ERP. */
export async function postSales({ operator }: DayClients, location: string, day: string): Promise<void> {
  await operator.graphql(POST, { input: { location, day } });
}

export async function postingsOf(
  { operator }: DayClients,
  location: string,
  day: string,
): Promise<readonly PostingRow[]> {
  const asked = { location, day };
  const { salesPostings } = await operator.graphql<{ readonly salesPostings: readonly PostingRow[] }>(POSTINGS, asked);
  return salesPostings;
}

/** Commands to outside systems that wait or are under way. */
export async function outboundBacklog({ operator }: DayClients): Promise<number> {
  const { outboundQueues: queues } = await operator.graphql<{
    readonly outboundQueues: readonly {
      readonly underWay: number;
      readonly waiting: readonly { readonly commands: number }[];
    }[];
  }>(QUEUES);
  return queues.reduce(
    (sum, { underWay, waiting }) => waiting.reduce((own, { commands }) => own + commands, sum + underWay),
    0,
  );
}

/** A counter of the hub, summed over the label sets that hold these labels. */
export async function readCounter(
  hubUrl: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<number> {
  const text = await (await fetch(new URL('/metrics', hubUrl))).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((each) => line.includes(each)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

async function all<Node>(client: HubClient, query: string): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null, hasNext = true; hasNext;) {
    const { page }: Page<Node> = await client.graphql<Page<Node>>(query, { after });
    nodes.push(...page.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: hasNext } = page.pageInfo);
  }
  return nodes;
}
