import type { Money } from '../../../kernel/model/money.ts';
import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { Disposition, ReturnReason, Tender } from '../../../schema/events/fields.ts';
import type { LineStatus } from './line-transitions.ts';
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
}

export type RefundStatus = 'REQUESTED' | 'SUCCEEDED' | 'FAILED';

export interface Refund {
  readonly id: string;
  readonly amount: Money;
  readonly status: RefundStatus;
  readonly requestedAtMs: number;
  /** True when somebody else has paid it out already; the hub then pays nothing for the same goods. */
  readonly isStated: boolean;
  readonly tenders?: readonly { readonly tender: Tender; readonly amountMinor: number }[];
}

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
  readonly lines: readonly ReturnLine[];
  readonly refunds: readonly Refund[];
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
