import type { ExceptionAction } from './exception-action.ts';
import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';
import type { ValueBasis } from './reconciliation-run.ts';

export type ExceptionStatus = 'OPEN' | 'ASSIGNED' | 'RESOLVED' | 'WAIVED';

/** Something that is not as it has to be. JSON data. */
export interface ExceptionState {
  readonly id: string;
  readonly class: ExceptionClass;
  readonly severity: ExceptionSeverity;
  readonly status: ExceptionStatus;
  readonly summary: string;
  readonly quantity: string | null;
  readonly sku: string | null;
  readonly location: string | null;
  readonly channel: string | null;
  readonly orders: readonly string[];
  readonly source: string;
  readonly evidence: string;
  readonly correlationId: string;
  /** What an action on it acts on; absent for those of stock. */
  readonly subject?: ExceptionSubject;
  /** What the differing quantity would cost; absent when it is no question of quantity, or the SKU has no price. */
  readonly valueAtRisk?: { readonly amountMinor: number; readonly currencyCode: string };
  /** By what that was valued; absent: by the price. */
  readonly valueBasis?: ValueBasis;
  /** What people did about it, the oldest first. */
  readonly actions?: readonly ExceptionAction[];
  /** When it matters more if nobody sees to it; absent when somebody does, or it is closed. */
  readonly escalateAtMs?: number;
  /** How often nobody saw to it in time. */
  readonly escalations?: number;
  /** The newest event that told of the cause. */
  readonly told: { readonly eventId: string; readonly atMs: number };
  readonly openedAtMs: number;
  readonly changedAtMs: number;
  readonly assignee: string | null;
  readonly closing: Closing | null;
}

/** What stands behind an exception that is not of stock. */
export type ExceptionSubject =
  | { readonly type: 'UNMAPPED'; readonly system: string; readonly domain: string; readonly value: string }
  | { readonly type: 'MESSAGES' | 'SYSTEM'; readonly system: string }
  | { readonly type: 'SALES'; readonly system: string; readonly location: string; readonly businessDay: string }
  | { readonly type: 'RETURN'; readonly system: string; readonly return: string }
  | { readonly type: 'COMMAND'; readonly system: string; readonly key: string }
  /** An event that a consumer has given up; the system is the consumer. */
  | {
      readonly type: 'EVENT';
      readonly system: string;
      readonly stream: string;
      readonly durable: string;
      readonly seq: number;
    }
  | { readonly type: 'CONSUMER'; readonly system: string; readonly stream: string; readonly durable: string };

export interface Closing {
  readonly atMs: number;
  readonly by: string;
  readonly because: string;
}

export function isClosed({ status }: ExceptionState): boolean {
  return status === 'RESOLVED' || status === 'WAIVED';
}
