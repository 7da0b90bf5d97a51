import { DomainError, Obstacle, Refusal, type ErrorDetails } from '../../kernel/model/errors.ts';
import type { ErrorCode } from '../../schema/errors.ts';
import type { CommandHandler } from '../runtime/command-handler.ts';
import type { QueuedCommand } from './queued-command.ts';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/**
 * What an attempt came to. OBSTACLE: the system may be down; FAULT: it answers, and this command fails in a way that nobody
 * foresaw, such as a fault of ours.
 */
export type Attempt =
  | { readonly outcome: 'DONE'; readonly result: unknown }
  | { readonly outcome: 'REFUSED' | 'OBSTACLE' | 'FAULT'; readonly failure: Failure };

/** Tries a command once. It never throws. */
export async function performCommand(handler: CommandHandler, command: QueuedCommand): Promise<Attempt> {
  const { key, correlationId, payload, begunAtMs } = command;
  const context = { key, correlationId };
  try {
    const found = begunAtMs === null ? undefined : await handler.find?.(payload, context);
    const result = found ? found.result : await handler.perform(payload, context);
    return { outcome: 'DONE', result: result ?? null };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'REFUSED', failure: failureOf(error) };
    if (error instanceof Obstacle) return { outcome: 'OBSTACLE', failure: failureOf(error) };
    return { outcome: 'FAULT', failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) return { code: error.code, message: error.message, details: error.details };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL_SERVER_ERROR', message, details: {} };
}
