import type { Money } from '../../../kernel/model/money.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { Disposition, ReturnReason, Tender } from '../../../schema/events/fields.ts';
import type { LineStatus } from './line-transitions.ts';
import type { LineWorth } from './line-worth.ts';
import type { RefundParts } from './refund-parts.ts';
import type { RefundTerms } from './refund-terms.ts';
import type { Stretch } from './refund-value.ts';
import type { Task } from './task.ts';

export type ReturnCondition = 'A' | 'B' | 'C' | 'D';

/** Units of one SKU that come back together and are in one state. */
export interface ReturnLine {
  readonly id: string;
  readonly sku: string;
  /** The line that was bought; null for a blind return. */
  readonly orderLine: string | null;
  /** How much, in steps of the SKU. */
  readonly steps: Steps;
  readonly decimals: StepDecimals;
  /** What was paid for one base unit. */
  readonly unitPriceMinor: number;
  readonly reason: ReturnReason;
  readonly status: LineStatus;
  readonly condition: ReturnCondition | null;
  readonly disposition: Disposition | null;
  /** Whether the order knows that these units came back; until then they are claimed against it. */
  readonly isRegistered: boolean;
  /** What was paid for the whole order line. Absent: the price of its units alone is known. */
  readonly worth?: LineWorth;
  /** Which units of the order line these are, counted in the order in which money was due. Absent: none was due yet. */
  readonly stretch?: Stretch;
  /** Absent: DEFAULT_TERMS. */
  readonly terms?: RefundTerms;
  /** Where they were received. Absent: at the location of the return, or not yet. */
  readonly location?: string;
  readonly receivedAtMs?: number;
  /** The disposition that the ledger has carried out. Absent: none. */
  readonly movedAs?: Disposition;
  readonly inspection?: InspectionRecord;
  /** Lines that it was part of while tasks were added that name them. Absent: none. */
  readonly splitFrom?: readonly LineOrigin[];
}

/** What the inspection found beside the condition. */
export interface InspectionRecord {
  readonly note?: string;
  /** Where pictures and other proof lie. */
  readonly evidence: readonly string[];
  readonly by: string;
  readonly atMs: number;
}

export interface LineOrigin {
  readonly line: string;
  /** Tasks before this place that name the line mean this one too. */
  readonly tasksBefore: number;
}

/** CANCELLED: it had failed, and the money is no longer due. */
export type RefundStatus = 'REQUESTED' | 'SUBMITTED' | 'SUCCEEDED' | 'FAILED' | 'REVERSED' | 'CANCELLED';

/** How far a refund got with the providers of its payments, in minor units; together they are the refund. */
export interface RefundProgress {
  readonly pendingMinor: number;
  readonly succeededMinor: number;
  readonly failedMinor: number;
  readonly reversedMinor: number;
}

export interface Refund {
  readonly id: string;
  readonly amount: Money;
  readonly status: RefundStatus;
  readonly requestedAtMs: number;
  /** True when somebody else has paid it out already; the hub then pays nothing for the same goods. */
  readonly isStated: boolean;
  readonly tenders?: readonly { readonly tender: Tender; readonly amountMinor: number }[];
  /** What it is made of. Absent: another system decided about the amount. */
  readonly parts?: RefundParts;
  /** Not given back because less than that was paid and is not refunded. Absent: nothing. */
  readonly withheldMinor?: number;
  /** Not given back because the customer owed it. Absent: nothing. */
  readonly offsetMinor?: number;
  /** Who handed it out. Absent: it goes back on the payments of the order. */
  readonly counter?: { readonly location: string; readonly reference: string };
  /** Absent: orders has not answered, or did before it told this. */
  readonly progress?: RefundProgress;
  /** The refund that gives back what of this one did not reach the customer. */
  readonly replacedBy?: string;
}

/** What a customer owes: money that was given back and is not due after all. */
export interface Charge {
  readonly id: string;
  readonly amount: Money;
  /** Of the amount, what later refunds were smaller by. */
  readonly offsetMinor: number;
  readonly status: 'OPEN' | 'OFFSET' | 'SETTLED' | 'WAIVED';
  readonly requestedAtMs: number;
  readonly reason: string;
}

/** How it was decided whether the goods may come back. */
export interface Authorization {
  readonly reasons: readonly string[];
  readonly rulesVersion: string;
  /** The person who decided what the policy left open. Absent: the policy alone. */
  readonly decidedBy?: string;
  readonly note?: string;
}

/** How it began. SYSTEM: another system told of goods that had come already. */
export type ReturnStart = 'CUSTOMER' | 'STORE' | 'AGENT' | 'BLIND' | 'REFUSED_DELIVERY' | 'MARKETPLACE' | 'SYSTEM';

/** Where a return that nobody had announced was told. */
export interface Origin {
  readonly system: string;
  readonly eventId: string;
  readonly occurredAtMs: number;
  readonly channel: string;
  /** The sale that it names. */
  readonly original?: { readonly channel: string; readonly externalId: string };
}

/** A return with all that happened to it; the document that is saved. */
export interface ReturnState {
  readonly id: string;
  readonly number: string;
  /** What was bought; null for a blind return. */
  readonly order: string | null;
  readonly customer: string | null;
  readonly currency: string;
  /** Where it is expected or was received. */
  readonly location: string | null;
  readonly openedAtMs: number;
  readonly changedAtMs: number;
  /** Derived from the lines. */
  readonly status: LineStatus;
  /** Why the policy authorized the request or left it open. */
  readonly policyReason?: string;
  /** Absent: it was opened before this was kept. */
  readonly start?: ReturnStart;
  /** Absent: nobody was asked. */
  readonly authorization?: Authorization;
  readonly lines: readonly ReturnLine[];
  readonly refunds: readonly Refund[];
  /** Absent: none. */
  readonly charges?: readonly Charge[];
  /** What refunds less charges were made for so far. Absent: nothing. */
  readonly granted?: RefundParts;
  /** Of what is granted, what was not given back because less was paid. Absent: nothing. */
  readonly withheldMinor?: number;
  /** The order that the customer gets instead. */
  readonly exchange?: string;
  /** Days after the authorization within which the goods must come. Absent: no matter when. */
  readonly awaitDays?: number;
  /** When what has not come is not awaited any more. Absent: never. */
  readonly expiresAtMs?: number;
  /** Since when goods wait to be inspected or decided on. Absent: none do. */
  readonly workSinceMs?: number;
  /** Where those lie that wait longest. */
  readonly workLocation?: string;
  /** What other contexts have to be told, in order; finished ones are kept as evidence. */
  readonly tasks: readonly Task[];
  /** When the next task is to be tried; absent when none waits. */
  readonly dueAtMs?: number;
  readonly origin?: Origin;
  /** The identities of the facts that it includes, `system|eventId`. */
  readonly facts: readonly string[];
  /** The fact that opened it; unique over all returns. */
  readonly openedByFact?: string;
  readonly correlationId: string;
}

/** A step that belongs on the timeline of the order. */
export interface Step {
  readonly step: 'REQUESTED' | 'AUTHORIZED' | 'REJECTED' | 'RECEIVED' | 'INSPECTED' | 'DISPOSITIONED' | 'REFUNDED';
  readonly lines: readonly ReturnLine[];
  readonly occurredAtMs: number;
  readonly refund?: Money;
  /** Who told it; absent: this context. */
  readonly told?: { readonly system: string; readonly eventId: string };
}

/** What a command makes of a return. */
export interface Change {
  readonly state: ReturnState;
  readonly steps: readonly Step[];
}

export function factKey({ system, eventId }: { readonly system: string; readonly eventId: string }): string {
  return `${system}|${eventId}`;
}
