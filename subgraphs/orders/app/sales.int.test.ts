import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { changesSinceOf, type ChangesSinceReply } from '../../../schema/commands/change-log.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../../schema/commands/command-definition.ts';
import { describeSale, matchSale, registerRefund, registerReturn } from '../../../schema/commands/orders.ts';
import { storeSaleRecorded, webSaleRecorded, type StoreSaleRecorded } from '../../../schema/events/inbox.ts';
import { skuRegistered } from '../../../schema/events/products.ts';
import { returnStepTaken } from '../../../schema/events/returns.ts';
import { rpcSubjectOf } from '../../../schema/events/subjects.ts';
import { BY_NUMBER } from '../testing/documents.ts';
import { AGENT, type Scene } from '../testing/open-scene.ts';
import { useScenes } from '../testing/use-scenes.ts';
import type { Sale } from './sale-of.ts';

const openScene = useScenes();

const SALE: StoreSaleRecorded = {
  channel: 'STORE:LONDON',
  externalId: 'R-1',
  location: 'LONDON',
  currency: 'GBP',
  customer: 'ann',
  lines: [
    { lineId: '1', sku: 'MUG', quantity: '2', unitPriceMinor: 100 },
    { lineId: '2', sku: 'MUG', quantity: '1', unitPriceMinor: 100 },
  ],
  charges: [],
  tenders: [
    { tender: 'CASH', amountMinor: 200 },
    { tender: 'CARD', amountMinor: 100 },
  ],
};

function ask<Definition extends CommandDefinition>(
  scene: Scene,
  definition: Definition,
  request: RequestOf<Definition>,
): Promise<ReplyOf<Definition>> {
  const subject = rpcSubjectOf(definition.context, definition.name);
  const options = { timeoutMs: 5_000, correlationId: 'test' };
  return scene.platform.rpc.request(subject, request, options);
}

async function describeOf(scene: Scene, externalId = 'R-1'): Promise<Sale | null> {
  return (await ask(scene, describeSale, { channel: 'STORE:LONDON', externalId })).sale;
}

async function sell(scene: Scene, changes: Partial<StoreSaleRecorded> = {}): Promise<Sale> {
  const sale = { ...SALE, ...changes };
  await scene.tell(storeSaleRecorded, sale);
  return waitFor(() => describeOf(scene, sale.externalId), 'the sale');
}

describe('completed sales', () => {
  test('a store sale is a delivered order, paid in full', async () => {
    const scene = await openScene();
    await sell(scene);
    const { data } = await scene.ask(AGENT, BY_NUMBER, { channel: 'STORE:LONDON', externalId: 'R-1' });
    expect(data.orderByExternalId).toMatchObject({
      status: 'DELIVERED',
      totals: { grand: { amountMinor: 300, currencyCode: 'GBP' } },
      lines: [{ location: { id: 'LONDON' }, states: [{ state: 'DELIVERED', quantity: '2' }] }, {}],
      payments: [
        { tender: 'CASH', authorized: { amountMinor: 200 }, captured: { amountMinor: 200 } },
        { tender: 'CARD', captured: { amountMinor: 100 } },
      ],
    });
  });

  test('a web sale has left its location; that it arrived is inferred', async () => {
    const scene = await openScene();
    await scene.tell(webSaleRecorded, { ...SALE, channel: 'WEB', externalId: 'W-9' });
    const order = await waitFor(
      async () => (await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-9' })).data.orderByExternalId,
    );
    expect(order).toMatchObject({ status: 'DELIVERED', shipments: [{ deliveredAt: null }] });
  });

  test('is kept once per channel and number; the same number with other content is kept aside', async () => {
    const scene = await openScene();
    const first = await sell(scene);
    await scene.tell(storeSaleRecorded, SALE, { eventId: 'again' });
    await scene.tell(storeSaleRecorded, { ...SALE, customer: 'bob' }, { eventId: 'other' });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1);
    await waitFor(() => scene.telemetry.total('orders_sales_repeated_total') === 1);
    expect(await describeOf(scene)).toEqual(first);
  });

  test('a sale of a SKU that is not registered waits for it and then is kept by itself', async () => {
    const scene = await openScene();
    const lines = [{ lineId: '1', sku: 'TEA', quantity: '0.25', unitPriceMinor: 400 }];
    await scene.tell(storeSaleRecorded, { ...SALE, lines });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1);
    expect(await describeOf(scene)).toBeNull();
    await scene.tell(skuRegistered, { sku: 'TEA', baseUnit: 'KGM', step: '0.01', tracking: 'NONE', categories: [] });
    const sale = await waitFor(() => describeOf(scene));
    expect(sale.lines[0]).toMatchObject({ sku: 'TEA', ordered: '0.25', returnable: '0.25' });
  });

  test('a sale in another unit is kept in base units, and waits while the SKU is not known by it', async () => {
    const scene = await openScene();
    const lines = [{ lineId: '1', sku: 'MUG', quantity: '0.5', unit: 'CS', unitPriceMinor: 50 }];
    await scene.tell(storeSaleRecorded, { ...SALE, lines });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1);
    expect(await describeOf(scene)).toBeNull();
    const mug = { sku: 'MUG', baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] } as const;
    // Half of five is no whole number of steps.
    await scene.tell(skuRegistered, {
      ...mug,
      categories: [],
      conversions: [{ unit: 'CS', numerator: 5, denominator: 1 }],
    });
    await scene.tell(skuRegistered, {
      ...mug,
      categories: [],
      conversions: [{ unit: 'CS', numerator: 12, denominator: 1 }],
    });
    const sale = await waitFor(() => describeOf(scene));
    expect(sale.lines).toMatchObject([{ sku: 'MUG', ordered: '6', returnable: '6', unitPriceMinor: 50 }]);
  });

  test('what was sold while the context was stopped is there after its start', async () => {
    const scene = await openScene();
    await scene.subgraph.stop();
    expect(scene.subgraph.readiness().ready).toBe(false);
    await scene.tell(storeSaleRecorded, SALE);
    await scene.subgraph.start();
    const sale = await waitFor(() => describeOf(scene));
    expect(sale.externalId).toBe('R-1');
  });
});

describe('returns of a sale', () => {
  test('come back up to what was sold, once per command', async () => {
    const scene = await openScene();
    const sale = await sell(scene);
    const [line] = sale.lines;
    const request = {
      commandId: 'c1',
      order: sale.order,
      return: 'ret-1',
      occurredAt: '2026-01-06T09:00:00.000Z',
      lines: [{ orderLine: line?.orderLine ?? '', quantity: '2' }],
    };
    await ask(scene, registerReturn, request);
    await ask(scene, registerReturn, request);
    expect((await describeOf(scene))?.lines.map((each) => each.returnable)).toEqual(['0', '1']);
    await expect(ask(scene, registerReturn, { ...request, commandId: 'c2' })).rejects.toMatchObject({
      code: 'RETURN_EXCEEDS_SOLD',
      details: { returnable: '0' },
    });
    const other = { ...request, return: 'ret-2' };
    await expect(ask(scene, registerReturn, other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const { data } = await scene.ask(AGENT, BY_NUMBER, { channel: 'STORE:LONDON', externalId: 'R-1' });
    expect(data.orderByExternalId.status).toBe('PARTIALLY_RETURNED');
  });

  test('never give back more than was captured, however many ask at the same time', async () => {
    const scene = await openScene();
    const sale = await sell(scene);
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        ask(scene, registerRefund, {
          commandId: `c${n}`,
          order: sale.order,
          return: `ret-${n}`,
          amount: { amountMinor: 70, currencyCode: 'GBP' },
        }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(4);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'REFUND_EXCEEDS_CAPTURED' });
    }
    expect((await describeOf(scene))?.refundable).toEqual({ amountMinor: 20, currencyCode: 'GBP' });
  });

  test('give back on the tenders that are named, else on the newest payment first', async () => {
    const scene = await openScene();
    const sale = await sell(scene);
    const refund = { order: sale.order, return: 'ret-1', amount: { amountMinor: 50, currencyCode: 'GBP' } };
    const refunded = async () => {
      const { data } = await scene.ask(AGENT, BY_NUMBER, { channel: 'STORE:LONDON', externalId: 'R-1' });
      return data.orderByExternalId.payments.map((p: { refunded: { amountMinor: number } }) => p.refunded.amountMinor);
    };
    const byCash = [{ tender: 'CASH' as const, amountMinor: 50 }];
    await ask(scene, registerRefund, { ...refund, commandId: 'a', tenders: byCash });
    expect(await refunded()).toEqual([50, 0]);
    await ask(scene, registerRefund, { ...refund, commandId: 'b', amount: { amountMinor: 120, currencyCode: 'GBP' } });
    expect(await refunded()).toEqual([70, 100]);
    const dollars = { amountMinor: 1, currencyCode: 'USD' };
    await expect(ask(scene, registerRefund, { ...refund, commandId: 'c', amount: dollars })).rejects.toMatchObject({
      code: 'CURRENCY_MISMATCH',
    });
  });

  test('count against what was captured when the shop gave back otherwise than it was paid', async () => {
    const scene = await openScene();
    const sale = await sell(scene);
    const refund = (commandId: string, amountMinor: number) =>
      ask(scene, registerRefund, {
        commandId,
        order: sale.order,
        return: 'ret-1',
        amount: { amountMinor, currencyCode: 'GBP' },
        tenders: [{ tender: 'STORE_CREDIT', amountMinor }],
      });
    await refund('a', 250);
    expect((await describeOf(scene))?.refundable).toEqual({ amountMinor: 50, currencyCode: 'GBP' });
    await expect(refund('b', 51)).rejects.toMatchObject({
      code: 'REFUND_EXCEEDS_CAPTURED',
      details: { refundableMinor: 50 },
    });
  });

  test('that do not name their sale find the newest one of the customer from which all can come back', async () => {
    const scene = await openScene();
    const old = await sell(scene);
    await waitFor(() => Date.now() > Date.parse(old.placedAt));
    await sell(scene, { externalId: 'R-2', lines: [{ lineId: '1', sku: 'MUG', quantity: '1', unitPriceMinor: 100 }] });
    const before = '2999-01-01T00:00:00.000Z';
    const match = async (quantity: string, customer = 'ann', beforeAt = before) => {
      const lines = [{ sku: 'MUG', quantity }];
      return (await ask(scene, matchSale, { customer, before: beforeAt, lines })).sale?.externalId ?? null;
    };
    expect(await match('1')).toBe('R-2');
    expect(await match('3')).toBe('R-1');
    expect(await match('4')).toBeNull();
    expect(await match('1', 'bob')).toBeNull();
    expect(await match('1', 'ann', '2000-01-01T00:00:00.000Z')).toBeNull();
  });

  test('put their steps on the timeline of the order', async () => {
    const scene = await openScene();
    const sale = await sell(scene);
    const step = {
      return: 'ret-1',
      order: sale.order,
      step: 'RECEIVED' as const,
      summary: 'One mug came back.',
      source: 'pos-south',
      evidence: 'receipt-9',
      location: 'LONDON',
      lines: [{ orderLine: sale.lines[0]?.orderLine ?? '', sku: 'MUG', quantity: '1' }],
    };
    await scene.tell(returnStepTaken, step, { system: 'returns' });
    const entry = await waitFor(async () => {
      const { data } = await scene.ask(AGENT, BY_NUMBER, { channel: 'STORE:LONDON', externalId: 'R-1' });
      const nodes = data.orderByExternalId.timeline.edges.map(({ node }: { node: { type: string } }) => node);
      return nodes.find((node: { type: string }) => node.type === 'RETURN_RECEIVED') as object | undefined;
    });
    expect(entry).toMatchObject({ source: 'pos-south', evidence: 'receipt-9', lines: [{ lineNo: 1 }] });
  });
});

describe('the change log', () => {
  test('gives a snapshot of the orders of a location, and what changed since', async () => {
    const scene = await openScene();
    const sale = await sell(scene);
    await sell(scene, { externalId: 'R-2', location: 'LEEDS' });
    const log = changesSinceOf('orders');
    const event = 'order-status-changed';
    const snapshot: ChangesSinceReply = await ask(scene, log, { event, filter: { locations: ['LONDON'] } });
    expect(snapshot).toMatchObject({ reset: true, records: [{ key: sale.order, value: { externalId: 'R-1' } }] });
    await ask(scene, registerReturn, {
      commandId: 'c1',
      order: sale.order,
      return: 'ret-1',
      occurredAt: '2026-01-06T09:00:00.000Z',
      lines: sale.lines.map(({ orderLine, ordered }) => ({ orderLine, quantity: ordered })),
    });
    await scene.platform.documents.flushOutbox();
    const { epoch, seq } = snapshot;
    const since = await ask(scene, log, { event, filter: { locations: ['LONDON'] }, after: { epoch, seq } });
    expect(since).toMatchObject({ reset: false, records: [{ key: sale.order, value: { status: 'RETURNED' } }] });
    const one = await ask(scene, log, { event, filter: { order: [sale.order] } });
    expect(one.records).toHaveLength(1);
  });
});
