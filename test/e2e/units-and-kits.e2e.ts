import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openDemoHub } from '../harness/open-demo-hub.ts';

/* Packs and kits as the item master keeps them, seen in the graph and understood by the ledger. */

const SKUS = `query ($ids: [ID!]!) { skus(ids: $ids) { id baseUnit
  units { unit numerator denominator } components { code quantity sku { title } } } }`;
const KIT = 'query ($skus: [ID!]!) { availability(skus: $skus, channel: "WEB-GB") { available } }';

interface Sku {
  readonly id: string;
  readonly units: readonly unknown[];
  readonly components: readonly unknown[];
}

test('the ERP tells packs and kits; a case is received as its pieces, and a kit is sold as far as they go', async () => {
  await using demo = await openDemoHub();
  const { erp, wms } = demo.retailer;
  const [visitor, integrator] = await Promise.all([demo.as('anonymous'), demo.as('integrator')]);
  const skuOf = async (id: string) => (await visitor.graphql<{ skus: (Sku | null)[] }>(SKUS, { ids: [id] })).skus[0];
  const offered = async (sku: string) => {
    const { availability } = await visitor.graphql<{ availability: ({ available: string } | null)[] }>(KIT, {
      skus: [sku],
    });
    return availability[0]?.available;
  };

  wms.count({ warehouse: 'DC-NORTH', sku: 'LAMP', quantity: '1' });
  erp.putItemUnit({ itemNumber: 'LAMP', code: 'CASE', qtyPerUnitOfMeasure: '12' });
  const line = { parentItemNumber: 'TEE-BLACK-M', lineNumber: 10_000, type: 'Item', number: 'LAMP' } as const;
  erp.putBomComponent({ ...line, unitOfMeasureCode: 'PCS', quantityPer: '3' });

  const lamp = await waitFor(async () => {
    const sku = await skuOf('LAMP');
    return sku?.units.length === 1 ? sku : undefined;
  }, 'the case of lamps');
  expect(lamp).toEqual({
    id: 'LAMP',
    baseUnit: 'EA',
    units: [{ unit: 'CS', numerator: 12, denominator: 1 }],
    components: [],
  });
  const kit = await waitFor(async () => {
    const sku = await skuOf('TEE-BLACK-M');
    return sku?.components.length === 1 ? sku : undefined;
  }, 'the kit');
  expect(kit.components).toEqual([{ code: 'LAMP', quantity: '3', sku: { title: 'Desk lamp' } }]);

  const lines = [{ lineId: '1', sku: 'LAMP', quantity: '1', unit: 'CS' }];
  const data = { location: 'DC-NORTH', reference: 'PO-1', lines };
  const occurredAt = new Date().toISOString();
  await integrator.ingest('wms-hand', [{ eventId: 'case', type: 'goods-received', occurredAt, data }]);
  await waitFor(async () => (await offered('LAMP')) === '13', 'twelve lamps more');
  await waitFor(async () => (await offered('TEE-BLACK-M')) === '4', 'four kits');
});
