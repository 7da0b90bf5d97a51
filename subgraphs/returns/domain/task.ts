import type { Disposition, Tender } from '../../../schema/events/fields.ts';

/** One thing that has to be done outside the return itself, under an id that never changes. */
export type Task = TaskProgress & TaskContent;

interface TaskProgress {
  /** The command id that the owner removes repeats by. */
  readonly id: string;
  readonly state: 'PENDING' | 'DONE' | 'REFUSED';
  /** Times tried; it spaces the next try. */
  readonly attempts: number;
  /** Times that the owner answered and it was not what is needed; it bounds the tries. */
  readonly unfitAnswers: number;
  readonly refusal?: { readonly code: string; readonly message: string };
}

/** Money that a store hands out instead of giving it back on the payments of the order. */
export interface HandOut {
  readonly tender: Extract<Tender, 'CASH' | 'GIFT_CARD' | 'STORE_CREDIT'>;
  readonly location: string;
  /** The drawer that it comes from, or the number of the card or voucher. */
  readonly reference: string;
  /** For a blind return, which no order says the price of. */
  readonly amountMinor?: number;
}

export type TaskContent =
  /** Which sale do the goods belong to? */
  | { readonly kind: 'FIND_SALE' }
  | {
      readonly kind: 'RECORD_RECEIPT';
      readonly location: string;
      readonly occurredAtMs: number;
      readonly lines: readonly { readonly documentLine: string; readonly sku: string; readonly quantity: string }[];
    }
  | {
      readonly kind: 'REGISTER_RETURN';
      readonly occurredAtMs: number;
      readonly lines: readonly { readonly line: string; readonly orderLine: string; readonly quantity: string }[];
    }
  /** Bring the units that are claimed against the order in line with the return. */
  | { readonly kind: 'SYNC_CLAIMS' }
  | {
      readonly kind: 'DISPOSE';
      readonly location: string;
      readonly lines: readonly {
        readonly returnLine: string;
        readonly sku: string;
        readonly quantity: string;
        readonly disposition: Disposition;
      }[];
    }
  /** How much money do these lines give back? */
  | { readonly kind: 'GRANT_REFUND'; readonly lines: readonly string[]; readonly handOut?: HandOut }
  | { readonly kind: 'REGISTER_REFUND'; readonly refund: string }
  /** The customer has paid what they owed. */
  | { readonly kind: 'REGISTER_CHARGE'; readonly charge: string; readonly tender: Tender };

export type TaskKind = TaskContent['kind'];
export type TaskOf<Kind extends TaskKind> = Extract<Task, { readonly kind: Kind }>;

/** Tasks of one lane wait for each other; a lane whose owner is away does not hold up the other. */
export const TASK_LANES: Readonly<Record<TaskKind, 'inventory' | 'orders'>> = {
  FIND_SALE: 'orders',
  RECORD_RECEIPT: 'inventory',
  REGISTER_RETURN: 'orders',
  SYNC_CLAIMS: 'orders',
  DISPOSE: 'inventory',
  GRANT_REFUND: 'orders',
  REGISTER_REFUND: 'orders',
  REGISTER_CHARGE: 'orders',
};
