import { Obstacle, Refusal } from '../model/errors.ts';

/** The writer has stopped, because its memory may be ahead of the log, or because it was closed. Restart and replay. */
export class WriterStopped extends Obstacle {
  constructor(context: string, why: string, options?: ErrorOptions) {
    super('CONTEXT_UNAVAILABLE', `The writer of ${context} has stopped: ${why}.`, { context }, options);
  }
}

/** The id of the command was used before with other content. */
export class CommandIdReused extends Refusal {
  constructor(commandId: string) {
    super('IDEMPOTENCY_KEY_REUSED', `The command id ${commandId} was used before with another payload.`, { commandId });
  }
}

/** What was asked was not decided, because its process leads no more: whoever leads next may be asked. */
export class WriterDeposed extends WriterStopped {
  constructor(context: string) {
    super(context, 'another process may lead now');
  }
}
