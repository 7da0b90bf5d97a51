import type { RecordSalesOrder } from '../../../schema/commands/outbound-sales-orders.ts';
import { sequenceOf } from './order-amounts.ts';
import type { OrderLineRow, OrderRow } from './order-rows.ts';
import type { OrderTable } from './order-table.ts';

type Line = Pick<RecordSalesOrder['lines'][number], 'lineNo' | 'reservations'>;

/** Beside the goods there is room for one reference. */
const BESIDE_GOODS = 1;

const claimText = (reservation: string): string => `Reservation ${reservation}`;

/** Lines of text, right behind the goods: the claims for which there is no room beside them. */
export const claimLines = ({ lineNo, reservations }: Line) =>
  reservations.slice(BESIDE_GOODS).map((reservation, index) => ({
    sequence: sequenceOf(lineNo) + index + 1,
    lineType: 'Comment',
    description: claimText(reservation),
  }));

/** Brings the claims that an order of the ERP shows for a line up to what is told. What is as it was told is left alone. */
export async function noteClaims(table: OrderTable, order: OrderRow, line: Line): Promise<void> {
  const { lineNo, reservations } = line;
  const [first = ''] = reservations;
  const goods = order.salesOrderLines.find(({ sequence }) => sequence === sequenceOf(lineNo));
  // A line that is new got its first claim with its goods.
  if (goods && (goods.description2 ?? '') !== first) await table.changeLine(goods, { description2: first });
  const known = textsOf(order, lineNo);
  const told = claimLines(line);
  for (const [index, text] of told.entries()) {
    const before = known[index];
    const { description } = text;
    if (!before) await table.addLine(order, text);
    else if (before.description !== description) await table.changeLine(before, { description });
  }
  for (const stale of known.slice(told.length)) await table.removeLine(stale);
}

/** In their order, without a gap: the last go first when there are fewer. */
function textsOf({ salesOrderLines }: OrderRow, lineNo: number): readonly OrderLineRow[] {
  return salesOrderLines
    .filter(({ lineType, sequence }) => {
      return lineType === 'Comment' && sequence > sequenceOf(lineNo) && sequence < sequenceOf(lineNo + 1);
    })
    .toSorted((a, b) => a.sequence - b.sequence);
}
