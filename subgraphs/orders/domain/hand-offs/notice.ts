import type { Milestone } from '../../../../schema/commands/outbound-messages.ts';
import type { Day } from '../sourcing/working-calendar.ts';

/** How the customer of an order is told what becomes of it, as it was settled when the order was placed. JSON data. */
export interface NoticePlan {
  /** Who sends the messages, by its name as a source. */
  readonly system: string;
  /** BCP 47. */
  readonly language: string;
  readonly milestones: readonly Milestone[];
  /** What happened longer ago is no news, and is not told. */
  readonly ageMsMax: number;
  /** In the order in which the milestones were reached. */
  readonly notices: readonly Notice[];
}

/** One milestone that was reached. */
export interface Notice {
  /** Unique within the order: the milestone, and which of several. */
  readonly key: string;
  readonly milestone: Milestone;
  readonly atMs: number;
  /** LEFT_OUT: it was reached too long ago. TOO_LATE: it waited too long. SUPPRESSED: the customer wants no messages. */
  readonly state: 'ASKED' | 'TOLD' | 'SUPPRESSED' | 'TOO_LATE' | 'LEFT_OUT' | 'REFUSED';
  /** What the one who sent the message calls it. */
  readonly message?: string;
  /** Of a delay: the day that was told. */
  readonly expectedOn?: Day;
}

/** The command that has the customer told, by which the outside system knows a repetition. */
export const noticeCommandId = (order: string, key: string): string => `${order}/notice/${key}`;
