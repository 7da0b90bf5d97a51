import type { Document } from '../../kernel/ports/documents.ts';
import type { ErrorDetails } from '../../kernel/model/errors.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import type { Lane, OutboundCommand, Submission } from './port.ts';

export type CommandStatus = 'WAITING' | 'DONE' | 'REFUSED' | 'DEAD' | 'DISCARDED';

/** A command as its queue keeps it. JSON data. */
export interface QueuedCommand extends Document, OutboundCommand {
  /** `<system>|<key>` */
  readonly id: string;
  /** Of name, lane, group and payload, so that a repetition is told from another command under the same key. */
  readonly hash: string;
  /** Increases with the order of submission. */
  readonly ticket: string;
  readonly status: CommandStatus;
  readonly submittedAtMs: number;
  /** Attempts that count, because the system did other commands meanwhile. */
  readonly attempts: number;
  /** Not tried before that. */
  readonly dueAtMs: number;
  /** When an attempt was begun that may have been carried out; null before the first. */
  readonly begunAtMs: number | null;
  /** Null while it waits. */
  readonly settledAtMs: number | null;
  /** Why the last attempt failed, or why it ended. */
  readonly reason: { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails } | null;
  readonly result: unknown;
}

/** What a sender hears of it. */
export function submissionOf({ status, result, reason }: QueuedCommand): Submission {
  if (status === 'DONE') return { status, result };
  if ((status === 'REFUSED' || status === 'DISCARDED') && reason) return { status: 'REFUSED', ...reason };
  return { status: 'WAITING' };
}

/** Commands of one of these go one after the other. */
export function orderedWith({ lane, group }: { readonly lane: Lane; readonly group: string }): string {
  return `${lane}|${group}`;
}
