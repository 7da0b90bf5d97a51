import { canonicalJson } from '../../../kernel/model/canonical-json.ts';
import type { ReturnChargeChanged, ReturnRefundChanged } from '../../../schema/events/returns.ts';
import type { Charge, Refund, ReturnState } from '../domain/return-state.ts';

/** Refunds that are new or got further. */
export function refundsBetween(before: ReturnState | undefined, after: ReturnState): readonly ReturnRefundChanged[] {
  const known = new Map(before?.refunds.map((refund) => [refund.id, refund]));
  const changed = after.refunds.filter((refund) => known.get(refund.id)?.status !== refund.status);
  return changed.map((refund) => refundRecordOf(after, refund));
}

function refundRecordOf({ id, order }: ReturnState, refund: Refund): ReturnRefundChanged {
  const { status, amount, parts, withheldMinor = 0, offsetMinor = 0, tenders, counter } = refund;
  return {
    return: id,
    order,
    refund: refund.id,
    status,
    amount,
    ...(parts && { parts: { ...parts, withheldMinor, offsetMinor } }),
    ...(tenders && { tenders: [...tenders] }),
    ...(counter && { counter }),
  };
}

/** Charges that are new, were offset or have ended. */
export function chargesBetween(before: ReturnState | undefined, after: ReturnState): readonly ReturnChargeChanged[] {
  const known = new Map(before?.charges?.map((charge) => [charge.id, canonicalJson(charge)]));
  const changed = (after.charges ?? []).filter((charge) => known.get(charge.id) !== canonicalJson(charge));
  return changed.map((charge) => chargeRecordOf(after, charge));
}

function chargeRecordOf({ id, order }: ReturnState, charge: Charge): ReturnChargeChanged {
  const { status, amount, offsetMinor, reason } = charge;
  return { return: id, order, charge: charge.id, status, amount, offsetMinor, reason };
}
