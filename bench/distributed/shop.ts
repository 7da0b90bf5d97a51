import { waitFor } from '../../kernel/testing/wait-for.ts';
import { createHubClient, GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { placeOrder, readAvailability, registerSelling } from '../../test/faults/fault-world.ts';
import { ONLINE_LOCATIONS, openingMessages, receiptOf, reserve, SKUS, SOURCE } from '../../test/harness/stock-world.ts';

/** A hub, wherever it runs, as it is asked from outside. */
export interface Shop {
  readonly name: string;
  /** One per gateway. */
  readonly gateways: readonly [HubClient, ...HubClient[]];
  /** The processes whose time is measured, by role. */
  readonly processes: Readonly<Record<string, readonly number[]>>;
  close(): Promise<void>;
}

export interface ShopAddresses {
  readonly gateways: readonly string[];
  readonly connectorsUrl: string;
  readonly tokenOf: (role: 'agent' | 'operator' | 'integrator') => Promise<string>;
}

/** So much that a benchmark never comes to the end of it. */
const OPENING_UNITS = 1_000_000;

/** Registers goods and places, brings stock, and waits until all of it is sold from. */
export async function openSelling(addresses: ShopAddresses): Promise<readonly [HubClient, ...HubClient[]]> {
  const { gateways, connectorsUrl, tokenOf } = addresses;
  const [first = '', ...others] = gateways;
  const agent = await tokenOf('agent');
  const connectors = createHubClient(connectorsUrl, await tokenOf('integrator'));
  const operator = createHubClient(first, await tokenOf('operator'));
  const clients = [createHubClient(first, agent), ...others.map((url) => createHubClient(url, agent))] as const;
  const [client] = clients;
  await connectors.ingest(SOURCE, openingMessages());
  await waitFor(async () => {
    await registerSelling(operator);
    return true;
  }, 'the places');
  const units = Object.fromEntries(SKUS.map((sku) => [sku, OPENING_UNITS]));
  await connectors.ingest(
    SOURCE,
    ONLINE_LOCATIONS.map((place) => receiptOf(`opening-${place}`, place, units)),
  );
  await waitFor(async () => {
    const available = await readAvailability(client);
    return SKUS.every((sku) => available.get(sku) === OPENING_UNITS * ONLINE_LOCATIONS.length);
  }, 'the stock');
  for (const sku of SKUS) await waitFor(() => placeOrder(client, `opening-${sku}`, sku, 1), 'an order');
  return clients;
}

export type Work = 'availability' | 'reservation' | 'order';

let numbers = 0;

/** Asks until it is answered, as clients do: an obstacle is asked again under the same key. @throws any other failure */
export async function ask(client: HubClient, work: Work): Promise<void> {
  const number = ++numbers;
  for (;;) {
    try {
      return await askOnce(client, work, number);
    } catch (error) {
      if (!(error instanceof GraphqlFailure) || error.errors[0]?.extensions?.retryable !== true) throw error;
    }
  }
}

async function askOnce(client: HubClient, work: Work, number: number): Promise<void> {
  const sku = SKUS[number % SKUS.length] as string;
  if (work === 'reservation') await reserve(client, `bench-${number}`, sku, 1);
  else if (work === 'order') await placeOrder(client, `bench-${number}`, sku, 1);
  else if ((await readAvailability(client)).size !== SKUS.length) throw new Error('An availability is missing.');
}
