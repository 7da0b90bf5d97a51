import { formatQuantity, type StepDecimals } from '../../../kernel/model/quantity.ts';
import type { LedgerAnswers, ReservationAnswer } from './ledger-command.ts';
import type { LedgerEvent, ReservedLine } from './ledger-event.ts';

/**
 * The answer of a command whose events say all of it, so that the journal need not hold it a second time. Quantities are
 * whole units: only decisions about such say that their answer follows, because a step may change once nothing is left.
 */
export function answerOfEvents(events: readonly LedgerEvent[]): LedgerAnswers[keyof LedgerAnswers] {
  const [event] = events;
  switch (event?.type) {
    case 'stock-reserved':
      return { reservations: event.lines.map((line) => reservationAnswer(line, 0, event.expiresAtMs)) };
    case 'reservations-cancelled':
      return { cancelled: event.reservations };
    default:
      return {};
  }
}

/** How a reservation is told to whoever asked for it. */
export function reservationAnswer(
  { id, lineRef, sku, steps, backordered, shipsAtMs }: ReservedLine,
  decimals: StepDecimals,
  expiresAtMs: number | null,
): ReservationAnswer {
  const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs).toISOString();
  const ahead = shipsAtMs === undefined ? {} : { shipsAt: new Date(shipsAtMs).toISOString() };
  const told = { id, lineRef, sku, quantity: formatQuantity(steps, decimals), ...ahead };
  if (backordered === undefined) return { ...told, expiresAt };
  return { ...told, backordered: formatQuantity(backordered, decimals), expiresAt };
}
