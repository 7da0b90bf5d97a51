import { Defect, DomainError, Obstacle, Refusal, isErrorCode, type ErrorDetails } from '../../model/errors.ts';

interface WireError {
  readonly kind: 'Refusal' | 'Obstacle' | 'Defect';
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What the asking side is told of an error; of one that is no domain error only that there was one. */
export function formatWireError(error: unknown, subject: string): string {
  const told = error instanceof DomainError ? error : new Defect(`${subject} failed.`, { subject });
  const kind = told instanceof Refusal ? 'Refusal' : told instanceof Obstacle ? 'Obstacle' : 'Defect';
  const { code, message, details } = told;
  return JSON.stringify({ kind, code, message, details } satisfies WireError);
}

/** The error of the same class, code and details. A code that is not known here makes it a defect. */
export function parseWireError(text: string): DomainError {
  const { kind, code, message, details } = JSON.parse(text) as WireError;
  if (kind === 'Defect' || !isErrorCode(code)) return new Defect(message, details);
  return kind === 'Refusal' ? new Refusal(code, message, details) : new Obstacle(code, message, details);
}
