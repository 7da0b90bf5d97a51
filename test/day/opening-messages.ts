import type { IngestMessage } from '../../scripts/client/hub-client.ts';
import { DAY_PLACES, openingStock, type DealtDay } from './deal-day.ts';

/** Who hands in what lies in the stores when the day begins. */
export const BACK_OFFICE = 'back-office';

const LINES_PER_RECEIPT = 500;

/** The opening stock of the stores as receipts, one file of a back office. */
export function openingMessages({ steps }: DealtDay, atMs: number): readonly IngestMessage[] {
  const lines = [...openingStock(steps)]
    .filter(([, quantity]) => quantity > 0)
    .map(([sku, quantity]) => ({ lineId: sku, sku, quantity: String(quantity) }));
  const occurredAt = new Date(atMs).toISOString();
  return DAY_PLACES.stores.flatMap((location) =>
    Array.from({ length: Math.ceil(lines.length / LINES_PER_RECEIPT) }, (_, index) => ({
      eventId: `opening/${location}/${index + 1}`,
      type: 'goods-received',
      occurredAt,
      data: {
        location,
        reference: 'opening',
        lines: lines.slice(index * LINES_PER_RECEIPT, (index + 1) * LINES_PER_RECEIPT),
      },
    })),
  );
}

/** The same message with another quantity on its first line. */
export function altered(message: IngestMessage): IngestMessage {
  const { lines, ...data } = message.data as { readonly lines: readonly { readonly quantity: string }[] };
  const [first, ...others] = lines;
  return {
    ...message,
    data: { ...data, lines: [{ ...first, quantity: `${Number(first?.quantity) + 1}` }, ...others] },
  };
}
