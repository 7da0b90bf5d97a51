/*
 * Requests, counter returns, parcels that come back and warehouse receipts of one order in any interleaving: what the order is told never
 * exceeds what was sold, and the order never has to refuse.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import { AGENT, CUSTOMER, openReturnsDesk, type ReturnsDesk } from './testing/returns-desk.ts';
import { saleOf } from './testing/return-samples.ts';

const { propertyRuns, propertySeed } = testConfig();
/** Each run opens a database. */
const RUNS_SHARE = 5;
const SOLD = 6;

type Action = (desk: ReturnsDesk, index: number) => Promise<unknown>;

const quantity = fc.integer({ min: 1, max: 4 }).map(String);
const action: fc.Arbitrary<Action> = fc.oneof(
  quantity.map(
    (asked): Action =>
      (desk, index) =>
        desk.mutate(CUSTOMER, 'requestReturn', {
          idempotencyKey: `k${index}`,
          order: 'o1',
          lines: [{ orderLine: 'ol1', quantity: asked, reason: 'UNWANTED' }],
        }),
  ),
  quantity.map(
    (asked): Action =>
      (desk, index) =>
        desk.recordReturn({
          externalId: `T-${index}`,
          original: { channel: 'WEB', externalId: 'W-1' },
          lines: [{ lineId: '1', sku: 'A1', quantity: asked, unitPriceMinor: 250, reason: 'UNWANTED' }],
        }),
  ),
  quantity.map(
    (asked): Action =>
      (desk, index) =>
        desk.bringParcelBack(`p${index}`, asked),
  ),
  fc.tuple(fc.nat(3), fc.boolean(), quantity).map(([at, isAtStore, arrived]): Action => async (desk) => {
    const known = await desk.store.returns.find({ limit: 10 });
    const id = known[at % Math.max(1, known.length)]?.document.id;
    if (id === undefined) return;
    await (isAtStore
      ? desk.mutate(AGENT, 'receiveReturn', { return: id, location: 'S1' })
      : desk.receiveAnnounced(id, arrived));
  }),
);

test('what came back never exceeds what was sold, under any interleaving', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(action, { maxLength: 5 }), { maxLength: 5 }), async (rounds) => {
      const desk = await openReturnsDesk();
      try {
        desk.orders.add(saleOf([{ returnable: String(SOLD), ordered: String(SOLD) }]));
        let index = 0;
        for (const actions of rounds) await Promise.all(actions.map((run) => run(desk, index++)));
        await desk.passUntil(async () => isIdle(desk), 'the end of all tasks');
        expect(desk.orders.returnedOf('o1', 'ol1')).toBeLessThanOrEqual(SOLD);
        expect(desk.orders.refusedReturns).toBe(0);
        expect((await stillExpected(desk)) + desk.orders.returnedOf('o1', 'ol1')).toBeLessThanOrEqual(SOLD);
      } finally {
        await desk.close();
      }
    }),
    { numRuns: Math.ceil(propertyRuns / RUNS_SHARE), ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
});

/** Units of the order line that open returns may still bring. */
async function stillExpected({ store }: ReturnsDesk): Promise<number> {
  const lines = (await store.returns.find({ limit: 100 })).flatMap((row) => row.document.lines);
  const open = lines.filter((line) => line.orderLine === 'ol1' && !line.isRegistered && line.status !== 'REJECTED');
  return open.reduce((sum, line) => sum + line.steps, 0);
}

async function isIdle({ store, platform }: ReturnsDesk): Promise<boolean> {
  const returns = (await store.returns.find({ limit: 100 })).map((row) => row.document);
  const facts = await platform.streams.read('INBOX_EVENTS', 0, 100);
  const taken = new Set(returns.flatMap((state) => state.facts));
  const isTaken = facts.every(({ envelope }) => taken.has(`${envelope.source.system}|${envelope.source.eventId}`));
  return isTaken && returns.every((state) => state.tasks.every((task) => task.state !== 'PENDING'));
}
