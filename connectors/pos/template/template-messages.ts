import { parseAs } from '../../../kernel/model/json-schema.ts';
import { skuId } from '../../../kernel/model/codes.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { Unreadable, unreadableMessage } from '../../runtime/unreadable.ts';
import { returnReasonOf, type PosMapping } from '../pos-mapping.ts';
import { tillMessage, type TillReceipt } from '../till-receipt.ts';
import { TemplateReceipt, type RawReceipt } from './template-objects.ts';

/**
 * A receipt as one message, under its own number: whatever tells it, a webhook or the feed, it is the same message. What is
 * still open gives none yet; what cannot be read is kept as it came, with the reason.
 */
export function receiptMessages(raw: RawReceipt, mapping: PosMapping): readonly Inbound[] {
  const [eventId, origin] = [`receipt:${raw.number}`, { kind: 'receipt', body: raw }];
  try {
    const receipt = parseAs(TemplateReceipt, raw, 'receipt');
    if (mapped(mapping.states, receipt.state, 'state of a receipt') !== 'FINAL') return [];
    return [{ ...tillMessage(eventId, tillReceipt(receipt, mapping)), origin }];
  } catch (error) {
    return [unreadableMessage(error, { eventId, raw, origin })];
  }
}

/** @throws {Unreadable} for an unmapped value or an inexact quantity */
function tillReceipt(receipt: TemplateReceipt, mapping: PosMapping): TillReceipt {
  const lines = receipt.lines.map(({ id, sku, quantity, unit_price: price }) => ({
    lineId: id,
    sku: skuId(sku),
    quantity: decimalText(quantity, 'quantity'),
    unitPriceMinor: Number(price),
  }));
  const tenders = receipt.paid.map(({ tender, amount }) => ({
    tender: mapped(mapping.tenders, tender, 'tender'),
    amountMinor: Number(amount),
  }));
  const head = {
    location: mapped(mapping.locations, receipt.store, 'store'),
    number: receipt.number,
    currency: receipt.currency,
    occurredAtMs: Date.parse(receipt.printed_at),
  };
  const totalMinor = Number(receipt.total);
  if (receipt.kind === 'SALE') return { ...head, sale: { lines, totalMinor, discountMinor: 0, tenders }, returns: [] };
  if (receipt.kind !== 'RETURN') throw new Unreadable(`The kind of receipt "${receipt.kind}" is not known.`);
  const { original } = receipt;
  const returned = {
    lines,
    totalMinor,
    refunds: tenders,
    reason: returnReasonOf(mapping, receipt.reason ?? ''),
    ...(original && {
      original: { location: mapped(mapping.locations, original.store, 'store'), number: original.number },
    }),
  };
  return { ...head, returns: [returned] };
}
