import type { ExceptionClass, ExceptionSeverity } from '../../../schema/events/fields.ts';

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
  | { readonly type: 'COMMAND'; readonly system: string; readonly key: string };

export interface Closing {
  readonly atMs: number;
  readonly by: string;
  readonly because: string;
}

export function isClosed({ status }: ExceptionState): boolean {
  return status === 'RESOLVED' || status === 'WAIVED';
}
