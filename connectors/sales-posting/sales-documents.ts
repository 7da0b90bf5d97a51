import type { Document } from '../../kernel/ports/documents.ts';
import type { PostSales, RegisterPosting, RegisterSales } from '../../schema/commands/sales.ts';

/** QUEUED: the ERP is to post it. DONE, REFUSED: its last word. DEAD: given up until a person decides. */
export type BatchStatus = 'QUEUED' | 'DONE' | 'REFUSED' | 'DEAD';

/** A micro-batch. Which receipts it has never changes. JSON data. */
export interface SalesBatch extends Document {
  /** `<group>|<sequence>` */
  readonly id: string;
  readonly group: string;
  readonly sequence: number;
  readonly status: BatchStatus;
  readonly payload: PostSales;
  readonly receipts: readonly { readonly id: string; readonly register: string }[];
  /** All of its receipts say that they belong to it. Until then no other batch of the group is made. */
  readonly isMarked: boolean;
  /** One more each time that it is handed over again after the ERP refused it. */
  readonly attempt: number;
  readonly document: string | null;
  readonly reason: string | null;
  readonly closedAtMs: number;
  readonly changedAtMs: number;
}

/** What the sides said when a day was compared last. */
export interface Comparison {
  readonly atMs: number;
  /** `changes` of the day as it was compared. */
  readonly change: number;
  readonly told: readonly ToldSales[] | null;
  readonly posted: readonly RegisterSales[];
  /** Registers whose sides differ, each with its exception and what it says. */
  readonly differing: readonly { readonly register: string; readonly summary: string }[];
  /** The POS's own figures differ, and may still change. */
  readonly isUnsettled: boolean;
}

export type ToldSales = NonNullable<RegisterPosting['told']> & { readonly register: string };

/** A store's business day in one currency. JSON data. */
export interface SalesDayDocument extends Document {
  /** The group. */
  readonly id: string;
  readonly location: string;
  readonly businessDay: string;
  readonly currency: string;
  readonly endsAtMs: number;
  /** SETTLED: nothing is to be done unless another receipt comes. */
  readonly status: 'OPEN' | 'SETTLED';
  /** One more with each receipt that was taken and each batch that came to its end. */
  readonly changes: number;
  /** About how many receipts were taken since a batch was closed. */
  readonly takenSince: number;
  /** People say that the day is over. */
  readonly isEnded: boolean;
  /** What was taken of it becomes a batch at the next look. */
  readonly closesNow: boolean;
  readonly compared: Comparison | null;
  readonly changedAtMs: number;
}

export function groupOf(of: {
  readonly location: string;
  readonly businessDay: string;
  readonly currency: string;
}): string {
  return `${of.location}|${of.businessDay}|${of.currency}`;
}
