import {
  evolveAllocated,
  evolveBackorderCovered,
  evolveDeallocated,
  evolvePicked,
  evolveReservationEnded,
  evolveReservationChanged,
  evolveReserved,
  evolveShipped,
} from './evolve-claims.ts';
import { evolveFact } from './evolve-facts.ts';
import { evolveLocation, evolveSku } from './evolve-master-data.ts';
import { evolveSettings } from './evolve-settings.ts';
import { evolveCount } from './evolve-movements.ts';
import { evolveQuotaSales } from './evolve-quota-sales.ts';
import { evolveReceiptTold } from './evolve-receipts.ts';
import { evolveStockMoved } from './evolve-stock-moved.ts';
import { evolveSupplyStated } from './evolve-supply.ts';
import { evolveTrackedCount } from './evolve-tracked-stock.ts';
import { evolveTransfer } from './evolve-transfers.ts';
import { isKept } from './kept-event.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Applies what was decided. Reads no clock and never refuses, so that replay comes to the same state. */
export function evolve(state: LedgerState, event: LedgerEvent, seq: number): void {
  if (isKept(event)) return;
  evolveQuotaSales(state, event);
  switch (event.type) {
    case 'sku-registered':
      return evolveSku(state, event, seq);
    case 'location-registered':
      return evolveLocation(state, event);
    case 'network-registered':
    case 'channel-registered':
    case 'availability-rule-set':
    case 'availability-rules-changed':
    case 'availability-rules-withdrawn':
    case 'availability-rule-effective':
    case 'supply-horizon-advanced':
    case 'location-feed-set':
    case 'feed-heard':
    case 'feed-became-stale':
    case 'feed-became-fresh':
      return evolveSettings(state, event, seq);
    case 'backorder-covered':
      return evolveBackorderCovered(state, event, seq);
    case 'stock-moved':
      return evolveStockMoved(state, event, seq);
    case 'foreign-write-kept':
    case 'receipt-unmatched':
      return evolveReceiptTold(state, event);
    case 'stock-count-applied':
    case 'tracked-stock-counted':
      return evolveCounted(state, event);
    case 'fact-recorded':
    case 'fact-conflicted':
    case 'source-number-observed':
    case 'sequence-gap-raised':
    case 'sequence-gap-closed':
      return evolveFact(state, event, seq);
    case 'stock-reserved':
      return evolveReserved(state, event, seq);
    case 'reservation-extended':
    case 'reservations-prioritised':
      return evolveReservationChanged(state, event);
    case 'reservations-cancelled':
    case 'reservation-expired':
      return evolveReservationsEnded(state, event, seq);
    case 'stock-allocated':
      return evolveAllocated(state, event, seq);
    case 'stock-deallocated':
      return evolveDeallocated(state, event, seq);
    case 'allocations-shipped':
      return evolveShipped(state, event, seq);
    case 'stock-picked':
      return evolvePicked(state, event, seq);
    case 'exception-raised':
    case 'exception-cleared':
      return state.exceptions.apply(event);
    case 'transfer-requested':
    case 'transfer-approved':
    case 'transfer-staged':
    case 'transfer-bound':
    case 'transfer-given-up':
    case 'transfer-cancelled':
    case 'transfer-shipped':
    case 'transfer-received':
    case 'transfer-lost':
    case 'transfer-found':
      return evolveTransfer(state, event, seq);
    case 'supply-stated':
      return evolveSupplyStated(state, event, seq);
  }
}

type ReservationsEnded = Extract<LedgerEvent, { readonly type: 'reservations-cancelled' | 'reservation-expired' }>;

function evolveReservationsEnded(state: LedgerState, event: ReservationsEnded, seq: number): void {
  if (event.type === 'reservation-expired') {
    evolveReservationEnded(state, { id: event.reservation, status: 'EXPIRED', atMs: event.atMs, seq });
    return;
  }
  for (const id of event.reservations) evolveReservationEnded(state, { id, status: 'CANCELLED', ...event, seq });
}

type Counted = Extract<LedgerEvent, { readonly type: 'stock-count-applied' | 'tracked-stock-counted' }>;

function evolveCounted(state: LedgerState, event: Counted): void {
  if (event.type === 'stock-count-applied') evolveCount(state, event);
  else evolveTrackedCount(state, event);
}
