import type { LedgerEvent, LedgerEventOf } from './ledger-event.ts';

const KEPT = {
  'balance-compared': true,
  'stock-count-compared': true,
  'reservation-refused': true,
  'shortage-recorded': true,
} as const satisfies Partial<Record<LedgerEvent['type'], true>>;

/** Events for those who act on them, and for whoever asks later; they change nothing of the state. */
export function isKept(event: LedgerEvent): event is LedgerEventOf<keyof typeof KEPT> {
  return event.type in KEPT;
}
