import type { FollowedJournal } from '../ports/journal.ts';
import type { Lease } from '../ports/lease.ts';
import type { Rpc } from '../ports/rpc.ts';
import type { Lead, SingleWriter, SingleWriterOptions } from './single-writer.ts';

/** Every bound of an elected writer beside those of a writer. */
export interface ElectionLimits {
  /** How often a standby looks at the log without having been told that there is something. */
  readonly lookMs: number;
  /** How long a command waits for somebody to lead; above the time that a take-over needs, below what callers wait. */
  readonly commandWaitMs: number;
  /** How long one request to the leader may take. */
  readonly leaderAnswerMs: number;
  /** The rest before the leader is asked again, less up to a half as jitter. */
  readonly leaderRetryMs: number;
  /** How long a command that the leader has answered waits for its batch to arrive here. */
  readonly followWaitMs: number;
  /** Commands that are handed on and not answered yet; one more is refused with OVERLOADED. */
  readonly handedOnMax: number;
  /** How long a read waits for the leader's log to be written. */
  readonly durableReadMs: number;
  /** After this time without an answer of the log, the leader refuses commands and reads at once. */
  readonly stalledMs: number;
  /** The rest before a process that could not lead tries again. */
  readonly campaignRestMs: number;
}

export const ELECTION_LIMITS: ElectionLimits = {
  lookMs: 1_000,
  commandWaitMs: 4_500,
  leaderAnswerMs: 2_000,
  leaderRetryMs: 100,
  followWaitMs: 1_000,
  handedOnMax: 10_000,
  durableReadMs: 1_000,
  stalledMs: 1_000,
  campaignRestMs: 500,
};

export interface ElectedWriterOptions<State, Command, Event, Answer> extends SingleWriterOptions<
  State,
  Command,
  Event,
  Answer
> {
  readonly platform: SingleWriterOptions<State, Command, Event, Answer>['platform'] & {
    readonly lease: Lease;
    readonly rpc: Rpc;
    readonly followJournal: (context: string) => Promise<FollowedJournal>;
  };
  /** Where the leader takes the commands that others hand on. */
  readonly subject: string;
  /** Those that differ from ELECTION_LIMITS. */
  readonly election?: Partial<ElectionLimits>;
}

/**
 * The writer of a log of whom several processes stand by: one leads, by lease; the others follow the log and hand
 * commands on.
 *
 * Guarantees, beside those of a single writer:
 * - whoever begins to lead has followed the log to its end and has written into it that it leads; from then on nothing
 *   that a former leader decides enters the log;
 * - what a former leader was asked and has not answered is rejected with its outcome unknown: repeat it under its id;
 * - a command that was handed on is answered when its batch is in the memory of this process;
 * - reads are of what this process has followed; they go on while the log cannot be reached;
 * - a leader that does not know whether its last batch is in the log fails: its memory is of no use any more.
 */
export interface ElectedWriter<State, Command, Event, Answer> extends SingleWriter<State, Command, Event, Answer> {
  /** True while this process decides. */
  readonly isLeading: boolean;
  /**
   * Begins to follow and to stand for election. `lead` is called each time that this process has become the leader, and
   * again while it is and `lead` fails.
   */
  start(lead: Lead): void;
  /** Leads no more, and stands no more; what leading began has ended. */
  resign(): Promise<void>;
}
