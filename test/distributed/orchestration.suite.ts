import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_OMS } from '../../scripts/demo/demo-oms.ts';
import type { TestTopology } from '../harness/open-topology.ts';

/* A channel whose orders an OMS routes, until the register gives it to the hub: whichever process takes an order. */

const SKU = 'BOARD';
const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const ORDER = `query ($id: ID!) { order(id: $id) {
  orchestratedBy { party system } lines { location { id } states { state } } timeline(first: 200) { edges { node { source } } } } }`;
const DECIDE = 'mutation ($input: SetOwnershipInput!) { setOwnership(input: $input) { ownershipRule { version } } }';
const WHO = `{ orchestration(channel: "${DEMO_OMS.channel}") { party decision { reason } } }`;

interface Seen {
  readonly orchestratedBy: { readonly party: string; readonly system: string | null };
  readonly lines: readonly {
    readonly location: { readonly id: string } | null;
    readonly states: readonly { readonly state: string }[];
  }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly source: string } }[] };
}

export function orchestrationSuite(shared: () => TestTopology): void {
  describe('who orchestrates a channel', () => {
    test('is an outside OMS or the hub, as the register says, in every process', async () => {
      const hub = shared();
      const { wms } = hub.retailer;
      wms.count({ warehouse: DEMO_OMS.location, sku: SKU, quantity: '100' });
      const gateways = await Promise.all(hub.gateways.map((_, index) => hub.as({ role: 'agent' }, index)));
      const operator = await hub.as({ role: 'operator' });
      let tries = 0;
      // What was refused for want of stock stays refused under its number.
      const routed = await waitFor(() => place(gateways[0] as HubClient, `oms-${++tries}`), 'the stock');
      const order = await waitFor(async () => {
        const seen = await read(gateways.at(-1) as HubClient, routed);
        return seen.lines[0]?.states[0]?.state === 'RELEASED' ? seen : undefined;
      }, 'the work');
      expect(order.orchestratedBy).toEqual({ party: 'OMS', system: DEMO_OMS.system });
      expect(order.lines[0]?.location).toEqual({ id: DEMO_OMS.location });
      expect(order.timeline.edges.map(({ node }) => node.source)).toContain(DEMO_OMS.system);
      await waitFor(() => wms.orders().some(({ partnerOrderId }) => partnerOrderId === routed), 'the word of the OMS');

      const rule = { domain: 'ORCHESTRATION', quantity: 'RECORD', channel: DEMO_OMS.channel };
      await operator.graphql(DECIDE, { input: { ...rule, writerSystem: null, reason: 'It is replaced.' } });
      for (const [at, gateway] of gateways.entries()) {
        expect(await gateway.graphql(WHO)).toEqual({
          orchestration: { party: 'HUB', decision: { reason: 'It is replaced.' } },
        });
        let no = 0;
        await waitFor(async () => {
          // A gateway asks the processes in turn.
          const orders = await Promise.all([0, 1].map(() => place(gateway, `hub-${at}-${++no}`)));
          const seen = await Promise.all(orders.map((id) => read(gateway, id)));
          return seen.every(({ orchestratedBy }) => orchestratedBy.party === 'HUB');
        }, 'orders of the hub');
      }
      expect((await read(operator, routed)).orchestratedBy.party).toBe('OMS');
      await operator.graphql(DECIDE, { input: { ...rule, writerSystem: DEMO_OMS.system, reason: 'It is back.' } });
    });
  });
}

async function place(client: HubClient, externalId: string): Promise<string> {
  const lines = [{ sku: SKU, quantity: '1', unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CARD', amountMinor: 100 }];
  const input = { channel: DEMO_OMS.channel, externalId: `ORCHESTRATED-${externalId}`, lines, tenders };
  return (await client.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input })).placeOrder.order.id;
}

const read = async (client: HubClient, id: string): Promise<Seen> =>
  (await client.graphql<{ order: Seen }>(ORDER, { id })).order;
