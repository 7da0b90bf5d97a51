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
  /** The newest event that told of the cause. */
  readonly told: { readonly eventId: string; readonly atMs: number };
  readonly openedAtMs: number;
  readonly changedAtMs: number;
  readonly assignee: string | null;
  readonly closing: Closing | null;
}

export interface Closing {
  readonly atMs: number;
  readonly by: string;
  readonly because: string;
}

export function isClosed({ status }: ExceptionState): boolean {
  return status === 'RESOLVED' || status === 'WAIVED';
}
