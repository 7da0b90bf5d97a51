import type { ErrorDetails } from '../../kernel/model/errors.ts';
import type { ErrorCode } from '../../schema/errors.ts';

/** What goes first, the most urgent lane first. */
export const LANES = ['FULFILMENT', 'ORDERS', 'STOCK', 'FINANCE'] as const;

export type Lane = (typeof LANES)[number];

/** What an outside system has to do. */
export interface OutboundCommand {
  /** The system that has to do it, by its name as a source. */
  readonly system: string;
  /** The same key with the same content is one command, however often it is submitted. At most KEY_LENGTH_MAX characters. */
  readonly key: string;
  /** What is to be done, such as `release-work`; the system's handlers are found by it. */
  readonly name: string;
  readonly lane: Lane;
  /** Commands of one group and lane go one after the other, in the order in which they were submitted. */
  readonly group: string;
  /** How its sender knows it: it comes back with `command-settled`. */
  readonly ref: string;
  /** JSON data. */
  readonly payload: unknown;
  /**
   * What tells a repetition from another command, for a payload of which a part may be different by then, such as an
   * address: the first one stands. Absent: the payload.
   */
  readonly content?: unknown;
  readonly correlationId: string;
}

export const KEY_LENGTH_MAX = 150;

/**
 * Where a command stands. WAITING: durable, and it will be done; also when it was given up and a person has to decide.
 * DONE and REFUSED are the last word of the system.
 */
export type Submission =
  | { readonly status: 'WAITING' }
  | { readonly status: 'DONE'; readonly result: unknown }
  | {
      readonly status: 'REFUSED';
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
    };

/**
 * The queues through which commands leave the hub, one for each outside system.
 *
 * Guarantees:
 * - when `submit` resolves, the command is durable;
 * - a key is carried out once, or known by the system to be the same;
 * - commands of one group and lane are done in the order of their submission, and never at the same time;
 * - while a system is down its commands wait, and those of other systems do not;
 * - when a command has come to its end, `command-settled` is published with its `ref` and correlation id.
 */
export interface OutboundCommands {
  /**
   * @throws {Refusal} IDEMPOTENCY_KEY_REUSED when the key stands for other content; UPSTREAM_REJECTED when no such
   * system is connected, or it does nothing of that name
   * @throws {Obstacle} OVERLOADED when too many wait; whatever keeps it from being made durable
   */
  submit(command: OutboundCommand): Promise<Submission>;
}
