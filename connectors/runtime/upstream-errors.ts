import { Obstacle, Refusal, type ErrorDetails } from '../../kernel/model/errors.ts';

/** An outside system did not answer within the limits. */
export class UpstreamTimeout extends Obstacle {
  constructor(system: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super('UPSTREAM_TIMEOUT', `${system} did not answer in time.`, { system, ...details }, options);
  }
}

/** An outside system is down, throttles us, or answers what nobody can use. */
export class UpstreamUnavailable extends Obstacle {
  constructor(system: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super('UPSTREAM_UNAVAILABLE', `${system} is not available.`, { system, ...details }, options);
  }
}

/** An outside system said no. `words` are its own, shortened. */
export class UpstreamRejected extends Refusal {
  readonly status: number;

  constructor(system: string, answer: { readonly status: number; readonly words: string }, options?: ErrorOptions) {
    super('UPSTREAM_REJECTED', `${system} refused: ${answer.words}`, { system, ...answer }, options);
    this.status = answer.status;
  }
}

/** True where the system surely did nothing of what it was asked for: it was not reached, or said so. */
export function isSurelyUndone(error: unknown): boolean {
  if (error instanceof UpstreamRejected) return true;
  return error instanceof UpstreamUnavailable && error.details['mayBeProcessed'] === false;
}
