import { parseAs } from '../../../kernel/model/json-schema.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { unreadableMessage } from '../../runtime/unreadable.ts';
import type { PosMapping } from '../pos-mapping.ts';
import { tillMessage } from '../till-receipt.ts';
import type { LightspeedApi } from './lightspeed-api.ts';
import { SaleRow, type RawSale } from './lightspeed-objects.ts';
import { receiptOfSale } from './receipt-of-sale.ts';

export interface SaleReader {
  readonly api: LightspeedApi;
  readonly mapping: PosMapping;
}

/**
 * Sales as messages, one per sale and under the sale's own id: an edited sale comes again with a higher version, and
 * its goods move once. What is still open gives no message yet.
 */
export async function saleMessages(sales: readonly RawSale[], reader: SaleReader): Promise<readonly Inbound[]> {
  const messages: Inbound[] = [];
  for (const raw of sales) {
    const eventId = `sale:${raw.id}`;
    const origin = { kind: 'sale', body: raw };
    try {
      const sale = parseAs(SaleRow, raw, 'sale');
      if (mapped(reader.mapping.states, sale.status, 'sale status') !== 'FINAL') continue;
      messages.push({ ...(await saleMessage(eventId, sale, reader)), origin });
    } catch (error) {
      messages.push(unreadableMessage(error, { eventId, raw, origin }));
    }
  }
  return messages;
}

async function saleMessage(eventId: string, sale: SaleRow, { api, mapping }: SaleReader): Promise<Inbound> {
  api.rememberSale(sale);
  const skus = await api.skus(sale.line_items.map(({ product_id: id }) => id));
  const original = sale.return_for ? await api.originalSale(sale.return_for) : undefined;
  return tillMessage(eventId, receiptOfSale(sale, { mapping, skus, original }));
}
