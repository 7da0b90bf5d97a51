import type { Booking } from '../../../../schema/commands/journals.ts';
import type { Disposition, Tender } from '../../../../schema/events/fields.ts';
import type { ReturnRefundChanged } from '../../../../schema/events/returns.ts';
import type { RefundParts } from './journal-templates.ts';

/** Goods that one disposition of a return has moved. */
export interface GoodsMoved {
  /** Of the event that told it. */
  readonly eventId: string;
  readonly lines: readonly MovedLine[];
}

export interface MovedLine {
  readonly returnLine: string;
  readonly orderLine: string | null;
  readonly sku: string;
  readonly quantity: string;
  /** Empty where the goods never came. */
  readonly location: string;
  readonly disposition: Disposition;
  readonly revises?: Disposition;
}

export interface RefundTold {
  readonly atMs: number;
  readonly status: ReturnRefundChanged['status'];
  readonly currency: string;
  readonly amountMinor: number;
  /** What the customer has of it. */
  readonly paidMinor: number;
  readonly parts: RefundParts;
  readonly tenders: readonly { readonly tender: Tender; readonly amountMinor: number }[];
  /** The customer is owed it; once that is so, a failed payment does not change it. */
  readonly isOwed: boolean;
  /** The refund that it gives back anew, which owes it. Absent: it owes it itself. */
  readonly replaces?: string;
}

export interface ChargeTold {
  readonly atMs: number;
  readonly currency: string;
  /** What the customer owes, or has paid; what later refunds were smaller by is neither. */
  readonly amountMinor: number;
  readonly isPaid: boolean;
}

/** What a posting is about; the books follow each of them by itself. */
export type PostingSubject = 'GOODS' | `REFUND:${string}` | `PAYMENT:${string}` | `CHARGE:${string}`;

/**
 * PLANNED: it is going to be handed to the ERP's queue, where it is QUEUED. REFUSED: the ERP said no, so nothing of it is in
 * the books. GIVEN_UP: it may be in the books, and a person decides. REPLACED: a later one does what it should have done.
 */
export type PostingStatus = 'PLANNED' | 'QUEUED' | 'POSTED' | 'REFUSED' | 'GIVEN_UP' | 'REPLACED';

/** One document for the ERP. Its content never changes. */
export interface PostingEntry {
  /** The ERP holds one document of it. */
  readonly id: string;
  readonly subject: PostingSubject;
  readonly kind: 'JOURNAL' | 'CREDIT_NOTE';
  readonly currency: string;
  readonly plannedAtMs: number;
  readonly bookings: readonly Booking[];
  /** Events of goods whose value it books. */
  readonly covers: readonly string[];
  readonly status: PostingStatus;
  /** How often it was handed over; a refusal and a replay make the next. */
  readonly attempt: number;
  /** True from a final failure on until the books have it: what it put back on the shelf is held. */
  readonly isHeld: boolean;
  readonly document: string | null;
  readonly reason: string | null;
}

/** Goods that go from being for sale to being held because the books do not follow, or back. */
export interface ShelfMove {
  /** The command id that the ledger removes repeats by. */
  readonly id: string;
  readonly direction: 'HOLD' | 'RELEASE';
  readonly location: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: string }[];
  readonly isDone: boolean;
  /** Why the ledger has not moved them yet. */
  readonly reason: string | null;
}

/** How the books follow a return; the document that is saved. */
export interface PostingState {
  /** Of the return. */
  readonly id: string;
  readonly number: string;
  readonly order: string | null;
  readonly correlationId: string;
  /** True: the ERP gets goods and money with the sales of the store that took them back. */
  readonly isOfTill: boolean;
  readonly goods: readonly GoodsMoved[];
  readonly refunds: Readonly<Record<string, RefundTold>>;
  readonly charges: Readonly<Record<string, ChargeTold>>;
  /** What goods cost when it was first asked; null before. */
  readonly costs: {
    readonly currency: string;
    readonly bySku: Readonly<Record<string, number>>;
    /** The ERP does not know what they cost. */
    readonly unknown: readonly string[];
  } | null;
  readonly entries: readonly PostingEntry[];
  readonly moves: readonly ShelfMove[];
  /** What people were told of that fails; empty: nothing. */
  readonly toldFailing: string;
  /** Times in a row that somebody could not be asked; it spaces the next try. */
  readonly obstacles: number;
  /** When to go on; absent: when something is heard. */
  readonly dueAtMs?: number;
}

export function newPostingState(
  about: Pick<PostingState, 'id' | 'number' | 'order' | 'correlationId' | 'isOfTill'>,
): PostingState {
  return { ...about, goods: [], refunds: {}, charges: {}, costs: null, ...NOTHING_YET };
}

const NOTHING_YET = { entries: [], moves: [], toldFailing: '', obstacles: 0 } as const;

export const hasFailed = ({ status }: PostingEntry): boolean => status === 'REFUSED' || status === 'GIVEN_UP';

/** It is in the books, may be, or is going to be. */
export const isLive = ({ status }: PostingEntry): boolean => status !== 'REPLACED';
