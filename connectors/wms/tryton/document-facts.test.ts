import { describe, expect, test } from '@jest/globals';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import type { MoveDocument } from './move-documents.ts';
import { ownShipmentMessage } from './own-shipment-facts.ts';
import type { ShipmentRow } from './shipment-facts.ts';
import { moveMessage, type MoveRow } from './stock-facts.ts';
import type { TrytonWarehouse } from './tryton-warehouses.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

const MAPPING: TrytonWmsMapping = { locations: {}, lost: 'LOST', found: 'FOUND', ownChannel: 'B2B' };
const warehouse = (id: number, location: string): TrytonWarehouse => ({
  id,
  code: location,
  location,
  storage: id + 3,
  input: id + 1,
  output: id + 2,
  bins: [{ id: id + 3, name: 'Storage' }],
});
const WAREHOUSES = [warehouse(10, 'NORTH'), warehouse(20, 'STORE')];
const [NORTH, STORE, TRANSIT, CUSTOMER, SUPPLIER] = [13, 23, 90, 91, 92] as const;
const TYPES: Readonly<Record<number, string>> = { [CUSTOMER]: 'customer', [SUPPLIER]: 'supplier' };

const moved = (from: number, to: number, more: Partial<MoveRow> = {}): MoveRow => ({
  id: 7,
  quantity: 2,
  internal_quantity: 2,
  'product.': { code: 'LAMP' },
  'from_location.': { id: from, type: TYPES[from] ?? 'storage' },
  'to_location.': { id: to, type: TYPES[to] ?? 'storage' },
  shipment: null,
  origin: null,
  write_date: '2026-11-20T12:00:00.000000Z',
  create_date: '2026-11-19T12:00:00.000000Z',
  ...more,
});
const transfer = (more: Partial<MoveDocument> = {}): Partial<MoveRow> => ({
  document: { kind: 'transfer', number: 'T-1', reference: null, from: NORTH, to: STORE, ...more },
});

/** Facts by their types, each held against the schema of its event; or the reason why there are none. */
function factsOf(message: Inbound | undefined): unknown {
  if (!message) return undefined;
  if ('reason' in message) return message.reason;
  const facts = 'facts' in message ? message.facts : [message];
  return facts.map(({ definition, data }) => [definition.type, parseAs(definition.data, data, definition.type)]);
}
const told = (row: MoveRow, mapping = MAPPING): unknown => factsOf(moveMessage(row, WAREHOUSES, mapping));
const lines = [{ lineId: '1', sku: 'LAMP', quantity: '2' }];

describe('a move of a transfer', () => {
  test('is one leg where goods are under way in between, and both where they are not', () => {
    const shipped = ['transfer-shipped', { transfer: 'T-1', location: 'NORTH', to: 'STORE', lines }];
    const received = ['transfer-received', { transfer: 'T-1', location: 'STORE', from: 'NORTH', lines }];
    expect(told(moved(NORTH, TRANSIT, transfer()))).toEqual([shipped]);
    expect(told(moved(TRANSIT, STORE, transfer()))).toEqual([received]);
    expect(told(moved(NORTH, STORE, transfer()))).toEqual([shipped, received]);
  });

  test('belongs to the transfer that the hub asked for when it bears its id', () => {
    expect(told(moved(NORTH, TRANSIT, transfer({ reference: 'hub-id' })))).toMatchObject([
      ['transfer-shipped', { transfer: 'hub-id' }],
    ]);
  });

  test('is put aside when it ends at a place that is none of the hub’s, or has no document', () => {
    expect(told(moved(NORTH, TRANSIT, transfer({ to: 77 })))).toMatch(/none of the hub/);
    expect(told(moved(NORTH, STORE))).toMatch(/without a document/);
  });

  test('within one warehouse tells nothing', () => {
    expect(told(moved(NORTH, 12, transfer({ to: 12 })))).toBeUndefined();
  });
});

describe('goods from a supplier', () => {
  test('are told in base units, under the number of their purchase, else of their delivery', () => {
    const purchase = { kind: 'purchase', number: 'P-9', reference: null } as const;
    const pack = { quantity: 1, internal_quantity: 12, shipment: 'stock.shipment.in,5' };
    const received = (reference: string) => [
      ['goods-received', { location: 'NORTH', reference, lines: [{ ...lines[0], quantity: '12' }] }],
    ];
    expect(told(moved(SUPPLIER, 11, { ...pack, document: purchase }))).toEqual(received('P-9'));
    expect(told(moved(SUPPLIER, 11, pack))).toEqual(received('stock.shipment.in,5'));
  });
});

describe('goods that come back unannounced', () => {
  const back = (more: Partial<MoveRow> = {}): MoveRow =>
    moved(CUSTOMER, 11, {
      'shipment.': { reference: null, number: 'R-3' },
      unit_price: '6.90',
      'currency.': { code: 'GBP' },
      ...more,
    });

  test('are a return with what its credit note gives back', () => {
    expect(told(back())).toEqual([
      [
        'return-recorded',
        {
          channel: 'B2B',
          externalId: 'R-3/7',
          location: 'NORTH',
          currency: 'GBP',
          lines: [{ ...lines[0], unitPriceMinor: 690, reason: 'OTHER' }],
          charges: [],
          refunds: [{ tender: 'INVOICE', amountMinor: 1_380 }],
        },
      ],
    ]);
  });

  test('give nothing back where nothing was paid', () => {
    expect(told(back({ unit_price: '0' }))).toMatchObject([['return-recorded', { refunds: [] }]]);
  });

  test('are put aside where the unit, the currency or the channel is not known', () => {
    expect(told(back({ internal_quantity: 24 }))).toMatch(/another unit/);
    expect(told(back({ 'currency.': null }))).toMatch(/no currency/);
    const { ownChannel: _, ...silent } = MAPPING;
    expect(told(back(), silent)).toMatch(/no channel is named/);
  });
});

describe('a shipment that the hub did not release', () => {
  const move = (quantity: number, unitPrice: string, code = 'GBP') => ({
    quantity,
    state: 'done',
    'product.': { code: 'LAMP' },
    write_date: '2026-11-20T12:00:00.000000Z',
    create_date: '2026-11-20T12:00:00.000000Z',
    unit_price: unitPrice,
    'currency.': { code },
  });
  const row = (moves: readonly ReturnType<typeof move>[]): ShipmentRow => ({
    id: 5,
    number: 'OUT-5',
    reference: null,
    state: 'done',
    sale: { kind: 'sale', number: 'S-2', reference: null },
    'outgoing_moves.': [...moves],
  });
  const message = (of: ShipmentRow) =>
    ownShipmentMessage('shipment:5:foreign', of, { mapping: MAPPING, location: 'NORTH' });

  test('is a sale of its own, with its lines and what they come to', () => {
    expect(factsOf(message(row([move(2, '6.90'), move(1, '1.50')])))).toMatchObject([
      ['web-sale-recorded', { externalId: 'S-2/OUT-5', tenders: [{ tender: 'INVOICE', amountMinor: 1_530 }] }],
    ]);
  });

  test('is put aside where it belongs to no sale, or bears several currencies', () => {
    const { sale: _, ...bare } = row([move(2, '6.90')]);
    expect(() => message(bare)).toThrow('The shipment OUT-5 was not released by the hub.');
    expect(() => message(row([move(2, '6.90'), move(1, '1.50', 'EUR')]))).toThrow('several currencies');
  });
});
