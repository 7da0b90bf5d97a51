import { nextHorizonMs } from '../domain/decide-change-rules.ts';
import type { DueWork } from './due-timer.ts';
import type { InventoryLimits } from './inventory-limits.ts';

const RULE_EVENTS: readonly string[] = [
  'availability-rules-changed',
  'availability-rules-withdrawn',
  'availability-rule-effective',
];
/** Hearing of a feed puts its staleness off, so it is looked at only when the former instant has come. */
const FEED_EVENTS: readonly string[] = ['location-feed-set', 'feed-became-stale', 'feed-became-fresh'];

/** Everything that time alone changes in the ledger. */
export function dueWork(limits: Pick<InventoryLimits, 'sequenceGapWaitMs' | 'receiptMatchWaitMs'>): readonly DueWork[] {
  return [...DUE_WORK, sequenceGaps(limits.sequenceGapWaitMs), unmatchedReceipts(limits.receiptMatchWaitMs)];
}

/** Receipts of which another system tells something else, when it has not changed within the wait. */
function unmatchedReceipts(waitMs: number): DueWork {
  return {
    command: { type: 'raise-unmatched-receipts', waitMs },
    nextDueMs: ({ receipts }) => receipts.nextDueMs(waitMs),
    concerns: ({ type }) => type === 'foreign-write-kept' || type === 'stock-moved' || type === 'receipt-unmatched',
  };
}

/** Numbers that a source has skipped, when they have not arrived within the wait. */
function sequenceGaps(waitMs: number): DueWork {
  return {
    command: { type: 'raise-sequence-gaps', waitMs },
    nextDueMs: ({ sequences }) => {
      const sinceMs = sequences.oldestUnraisedMs();
      return sinceMs === undefined ? undefined : sinceMs + waitMs;
    },
    concerns: ({ type }) => type === 'source-number-observed',
  };
}

const DUE_WORK: readonly DueWork[] = [
  {
    command: { type: 'expire-reservations' },
    nextDueMs: ({ reservations }) => reservations.nextExpiryMs(),
    concerns: () => true,
  },
  {
    command: { type: 'apply-due-rules' },
    nextDueMs: ({ ruleBook }) => ruleBook.nextEffectiveMs(),
    concerns: ({ type }) => RULE_EVENTS.includes(type),
  },
  {
    command: { type: 'advance-supply-horizon' },
    nextDueMs: nextHorizonMs,
    concerns: ({ type }) => type === 'availability-rule-effective' || type === 'supply-horizon-advanced',
  },
  {
    command: { type: 'mark-stale-feeds' },
    nextDueMs: ({ feeds }) => feeds.nextStaleMs(),
    concerns: ({ type }) => FEED_EVENTS.includes(type),
  },
];
