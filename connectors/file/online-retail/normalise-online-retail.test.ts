import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { InboundMessage, UnreadableMessage } from '../../runtime/inbound.ts';
import type { RowCounts } from './invoice-messages.ts';
import { normaliseOnlineRetail, type NormalisedFile } from './normalise-online-retail.ts';
import { ONLINE_RETAIL_DEFAULTS } from './online-retail-options.ts';
import { MissingColumns, parseOnlineRetail } from './online-retail-rows.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const OPTIONS = { ...ONLINE_RETAIL_DEFAULTS, storeLocation: 'STORE-1', webLocation: 'DC-1', webChannel: 'WEB-GB' };

const normalise = (...lines: string[]): NormalisedFile =>
  normaliseOnlineRetail(parseOnlineRetail([HEADER, ...lines].join('\n')), OPTIONS);

const facts = (file: NormalisedFile): InboundMessage[] =>
  file.documents.flatMap(({ message }) => ('reason' in message ? [] : [message]));
const unreadable = (file: NormalisedFile): UnreadableMessage[] =>
  file.documents.flatMap(({ message }) => ('reason' in message ? [message] : []));
const reasons = (file: NormalisedFile): string[] => unreadable(file).map(({ reason }) => reason);

function total(file: NormalisedFile): RowCounts {
  const counts = { saleLines: 0, returnLines: 0, adjustments: 0, charges: 0, quarantined: 0 };
  for (const { rows } of file.documents) {
    for (const kind of Object.keys(counts) as (keyof RowCounts)[]) counts[kind] += rows[kind];
  }
  return counts;
}

describe('parseOnlineRetail', () => {
  test('reads commas in quotes, and leaves fields that a line lacks empty', () => {
    const rows = parseOnlineRetail(
      `${HEADER}\n536365,85123A,"HEART, WHITE",6,12/1/10 8:26,2.55,17850,UK\n536366,22633`,
    );
    expect(rows).toMatchObject([
      { Description: 'HEART, WHITE', UnitPrice: '2.55' },
      { InvoiceNo: '536366', StockCode: '22633', Quantity: '', Country: '' },
    ]);
  });

  test('refuses a file without the columns', () => {
    expect(() => parseOnlineRetail('Invoice,StockCode\n1,2')).toThrow(MissingColumns);
  });
});

describe('normaliseOnlineRetail', () => {
  test('makes an invoice with a customer one completed web sale', () => {
    const file = normalise(
      '536365,85123a,HEART,6,12/1/10 8:26,2.55,17850,UK',
      '536365,71053,LANTERN,2,12/1/10 8:26,3.39,17850,UK',
    );
    expect(facts(file)).toEqual([
      expect.objectContaining({
        eventId: '536365',
        definition: expect.objectContaining({ type: 'web-sale-recorded' }),
        occurredAtMs: Date.UTC(2010, 11, 1, 8, 26),
        data: {
          channel: 'WEB-GB',
          externalId: '536365',
          location: 'DC-1',
          currency: 'GBP',
          customer: '17850',
          lines: [
            { lineId: '1', sku: '85123A', quantity: '6', unitPriceMinor: 255 },
            { lineId: '2', sku: '71053', quantity: '2', unitPriceMinor: 339 },
          ],
          charges: [],
          tenders: [{ tender: 'CARD', amountMinor: 2_208 }],
        },
      }),
    ]);
  });

  test('makes an invoice without a customer one sale of the store', () => {
    const [sale] = facts(normalise('1,22111,BOTTLE,1,12/1/10 8:26,1,,UK'));
    expect(sale).toMatchObject({
      definition: { type: 'store-sale-recorded' },
      data: { channel: 'STORE:STORE-1', location: 'STORE-1', externalId: '1' },
    });
    expect(sale?.data).not.toHaveProperty('customer');
  });

  test('reads British summer time as such', () => {
    const [sale] = facts(normalise('1,22111,BOTTLE,1,6/15/11 8:26,1,,UK'));
    expect(sale?.occurredAtMs).toBe(Date.UTC(2011, 5, 15, 7, 26));
  });

  test('keeps exact repeats inside an invoice as lines of their own', () => {
    const line = '536365,22111,BOTTLE,1,12/1/10 8:26,4.65,17850,UK';
    const [sale] = facts(normalise(line, line));
    expect(sale?.data).toMatchObject({ lines: [{ lineId: '1' }, { lineId: '2' }], tenders: [{ amountMinor: 930 }] });
  });

  test('makes a credit one return with positive quantities and refunds', () => {
    const file = normalise(
      'C536379,22556,TIN,-12,12/1/10 10:24,1.65,17548,UK',
      'C536379,D,Discount,-1,12/1/10 10:24,27.5,17548,UK',
    );
    expect(facts(file)).toMatchObject([
      {
        eventId: 'C536379',
        definition: { type: 'return-recorded' },
        data: {
          channel: 'WEB-GB',
          externalId: 'C536379',
          lines: [{ sku: '22556', quantity: '12', unitPriceMinor: 165, reason: 'OTHER' }],
          charges: [{ kind: 'DISCOUNT', description: 'Discount', amountMinor: 2_750 }],
          refunds: [{ tender: 'CARD', amountMinor: 4_730 }],
        },
      },
    ]);
    expect(total(file)).toEqual({ saleLines: 0, returnLines: 1, adjustments: 0, charges: 1, quarantined: 0 });
  });

  test('makes codes that are no goods charges, in any case and by prefix, and never items', () => {
    const file = normalise(
      '1,POST,POSTAGE,3,12/1/10 8:26,18,12583,France',
      '1,m,Manual,1,12/1/10 8:26,1.25,12583,France',
      '1,gift_0001_20,Voucher,1,12/1/10 8:26,16.67,12583,France',
      '1,PADS,PADS TO MATCH ALL CUSHIONS,1,12/1/10 8:26,0.5,12583,France',
    );
    expect(facts(file)[0]?.data).toMatchObject({
      lines: [{ sku: 'PADS' }],
      charges: [
        { kind: 'SHIPPING', amountMinor: 5_400 },
        { kind: 'OTHER', amountMinor: 125 },
        { kind: 'OTHER', amountMinor: 1_667 },
      ],
      tenders: [{ amountMinor: 7_242 }],
    });
    expect(file.items.map(({ eventId }) => eventId)).toEqual(['item:PADS']);
  });

  test('keeps totals exact where a unit price has fractions of a penny', () => {
    const [sale] = facts(
      normalise('1,PADS,PADS,24,12/1/10 8:26,0.001,1,UK', '1,22111,BOTTLE,3,12/1/10 8:26,1.335,1,UK'),
    );
    // 24 x 0.1 p = 2 p; 3 x 133.5 p = 401 p (400.5), against 24 x 0 p and 3 x 134 p.
    expect(sale?.data).toMatchObject({
      lines: [{ unitPriceMinor: 0 }, { unitPriceMinor: 134 }],
      charges: [{ kind: 'OTHER', description: 'Rounding of unit prices', amountMinor: 1 }],
      tenders: [{ amountMinor: 403 }],
    });
  });

  test('takes stock out for a negative quantity at price zero, with the reason of its description', () => {
    const file = normalise(
      '536589,21777,,-10,12/1/10 16:50,0,,UK',
      '536590,21778,damages?,-3,12/1/10 16:50,0,,UK',
      '536591,21779,check,-1,12/1/10 16:50,0,,UK',
    );
    expect(facts(file)).toMatchObject([
      {
        eventId: '536589:adjustment',
        definition: { type: 'stock-adjusted' },
        data: { location: 'STORE-1', lines: [{ lineId: '1', sku: '21777', quantity: '-10', reason: 'LOST' }] },
      },
      { data: { lines: [{ reason: 'DAMAGE' }] } },
      { data: { lines: [{ reason: 'CYCLE_COUNT' }] } },
    ]);
  });

  test('tells the sale and the adjustments of one invoice apart', () => {
    const file = normalise('1,22111,BOTTLE,1,12/1/10 8:26,1,,UK', '1,22112,,-2,12/1/10 8:26,0,,UK');
    expect(facts(file).map(({ eventId }) => eventId)).toEqual(['1', '1:adjustment']);
  });

  test('quarantines a positive quantity at price zero as zero price', () => {
    const file = normalise('536414,22139,amazon,56,12/1/10 11:52,0,,UK');
    expect(unreadable(file)).toEqual([
      { eventId: '536414:1', reason: 'zero price', raw: expect.objectContaining({ StockCode: '22139' }) },
    ]);
    expect(facts(file)).toEqual([]);
  });

  test.each([
    ['1,22111,BOTTLE,-1,12/1/10 8:26,1,,UK', 'negative quantity on a sale'],
    ['C1,22111,BOTTLE,1,12/1/10 8:26,1,,UK', 'positive quantity on a credit'],
    ['1,22111,BOTTLE,0,12/1/10 8:26,1,,UK', 'zero quantity'],
    ['1,22111,BOTTLE,1.5,12/1/10 8:26,1,,UK', 'quantity is no whole number'],
    ['1,22111,BOTTLE,six,12/1/10 8:26,1,,UK', 'quantity is no whole number'],
    ['1,22111,BOTTLE,1,12/1/10 8:26,free,,UK', 'unit price "free" is no decimal number.'],
    ['A563185,B,Adjust bad debt,1,8/12/11 14:50,11062.06,,UK', 'invoice number'],
    [',22111,BOTTLE,1,12/1/10 8:26,1,,UK', 'invoice number'],
    ['563186,B,Adjust bad debt,1,8/12/11 14:51,-11062.06,,UK', 'negative price'],
    ['1,,BOTTLE,1,12/1/10 8:26,1,,UK', 'no stock code'],
    ['1,22111,BOTTLE,1,13/1/10 8:26,1,,UK', 'invoice date'],
    ['1,POST,POSTAGE,-1,12/1/10 8:26,0,,UK', 'zero price'],
  ])('quarantines %s with the reason "%s"', (line, reason) => {
    const file = normalise(line);
    expect(reasons(file)).toEqual([reason]);
    expect(facts(file)).toEqual([]);
  });

  test('quarantines the rows of a second customer and keeps the others of the invoice', () => {
    const file = normalise('1,22111,BOTTLE,1,12/1/10 8:26,1,17850,UK', '1,22112,BOTTLE,1,12/1/10 8:26,1,17851,UK');
    expect(reasons(file)).toEqual(['two customers on one invoice']);
    expect(facts(file)[0]?.data).toMatchObject({ customer: '17850', lines: [{ sku: '22111' }] });
  });

  test('names an item by the first description of a priced line, and prices it by the first price', () => {
    const file = normalise(
      '1,22111a,damages,-1,12/1/10 8:26,0,,UK',
      '2,22111A,,1,12/1/10 8:27,4.65,,UK',
      '3,22111A,HOT WATER BOTTLE,1,12/1/10 8:28,4.25,,UK',
      '4,22112,,-1,12/1/10 8:29,0,,UK',
    );
    expect(file.items.map(({ data }) => data)).toMatchObject([
      { sku: '22111A', title: 'HOT WATER BOTTLE', prices: [{ amount: { amountMinor: 465, currencyCode: 'GBP' } }] },
      { sku: '22112', title: '22112', prices: [] },
    ]);
  });

  test('gives the same messages for the same rows', () => {
    const lines = ['1,22111,BOTTLE,1,12/1/10 8:26,1,,UK', 'C2,22111,BOTTLE,-1,12/1/10 8:26,1,,UK'];
    expect(normalise(...lines)).toEqual(normalise(...lines));
  });
});

// The published data lies beside the project, not in it.
const DATA = new URL('../../../../shared/data/online-retail.csv', import.meta.url);
const whole = existsSync(DATA) ? describe : describe.skip;

whole('the first week of the published set', () => {
  const rows = existsSync(DATA) ? parseOnlineRetail(readFileSync(DATA, 'utf8')) : [];
  const file = normaliseOnlineRetail(rows, OPTIONS);

  test('accounts for every row once', () => {
    expect(rows).toHaveLength(14_594);
    const counts = total(file);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(14_594);
    expect(counts).toEqual({ saleLines: 14_244, returnLines: 166, adjustments: 45, charges: 60, quarantined: 79 });
    expect(new Set(reasons(file))).toEqual(new Set(['zero price']));
  });

  test('moves as many units as the file says', () => {
    const inFile = rows
      .filter(({ StockCode, UnitPrice, Quantity }) => {
        const isCharge = /^(POST|DOT|C2|D|M|S|AMAZONFEE|BANK CHARGES)$/.test(StockCode.toUpperCase());
        return !isCharge && !(Number(UnitPrice) === 0 && Number(Quantity) > 0);
      })
      // A price makes the quantity what was sold; without one it is the change of stock itself.
      .reduce((sum, { Quantity, UnitPrice }) => sum + (Number(UnitPrice) === 0 ? 1 : -1) * Number(Quantity), 0);
    const told = facts(file).reduce((sum, { definition, data }) => {
      const { lines } = data as { lines: readonly { quantity: string }[] };
      const sign = definition.type.endsWith('sale-recorded') ? -1 : 1;
      return lines.reduce((own, { quantity }) => own + sign * Number(quantity), sum);
    }, 0);
    expect(told).toBe(inFile);
  });

  test('moves as much money as the file says, to the penny', () => {
    const inFile = rows.reduce(
      (sum, { Quantity, UnitPrice }) => sum + Number(Quantity) * Math.round(Number(UnitPrice) * 100),
      0,
    );
    const told = facts(file).reduce((sum, { data }) => {
      const { tenders = [], refunds = [] } = data as Record<string, { amountMinor: number }[]>;
      return (
        [...tenders].reduce((own, { amountMinor }) => own + amountMinor, sum) -
        [...refunds].reduce((own, { amountMinor }) => own + amountMinor, 0)
      );
    }, 0);
    expect(told).toBe(inFile);
  });

  test('fits the canonical schemas, under event ids that are unique', () => {
    const messages = [...file.items, ...facts(file)];
    for (const { definition, data } of messages) expect(parseAs(definition.data, data, definition.type)).toBe(data);
    const ids = [...file.items, ...file.documents.map(({ message }) => message)].map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(file.items).toHaveLength(2_210);
  });
});
