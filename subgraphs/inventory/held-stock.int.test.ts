import { afterEach, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { ROLES } from '../../schema/scopes.ts';
import { goodsReceived } from '../../schema/events/inbox.ts';
import { conditionChanged, stockDisposed } from '../../schema/events/inbox-supply.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;

afterEach(() => bench.close());

const dispose = (key: string, quantity: string, to: string) => `mutation { disposeStock(input: {
  idempotencyKey: "${key}", location: "S1", occurredAt: "2026-01-01T00:00:00.000Z",
  lines: [{ sku: "A", quantity: "${quantity}", from: QC_HOLD, to: ${to}, reason: QC_PASS }] }) {
    positions { sellable qcHold damaged } } }`;

test('goods go into hold and out of it by facts and by people, each once, and never more than are held', async () => {
  bench = await InventoryBench.open();
  const at = { location: 'S1' };
  await bench.publish(goodsReceived, { ...at, reference: 'po', lines: [{ lineId: '1', sku: 'A', quantity: '10' }] });
  const line = { lineId: '1', sku: 'A', quantity: '6', from: 'SELLABLE', to: 'QC_HOLD', reason: 'QC_FAIL' } as const;
  for (let told = 0; told < 2; told++)
    await bench.publish(conditionChanged, { ...at, lines: [line] }, { eventId: 'q' });
  await bench.until(async () => (await bench.available()) === '4', 'the hold');
  const scrapped = { ...line, quantity: '1', from: 'QC_HOLD', to: 'DAMAGED', reason: 'DAMAGE' } as const;
  await bench.publish(stockDisposed, { ...at, lines: [scrapped] });

  const other: Identity = { subject: 's', clientId: 'app', scopes: [...ROLES.store], stores: ['S2'] };
  expect(await bench.codeOf(dispose('1', '1', 'SELLABLE'), other)).toBe('FORBIDDEN');
  const held = async () => (await bench.query('{ positions(location: "S1") { edges { node { qcHold } } } }')).data;
  await bench.until(async () => JSON.stringify(await held()).includes('"5"'), 'the disposal');
  expect(await bench.codeOf(dispose('2', '6', 'SELLABLE'))).toBe('INSUFFICIENT_STOCK');
  const positions = [{ sellable: '7', qcHold: '2', damaged: '1' }];
  for (let asked = 0; asked < 2; asked++) {
    expect((await bench.query(dispose('3', '3', 'SELLABLE'))).data).toEqual({ disposeStock: { positions } });
  }
});
