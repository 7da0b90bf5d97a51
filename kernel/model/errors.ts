import { ERROR_CODES, type ErrorCode, type ErrorKind } from '../../schema/errors.ts';

/** Fields that a caller needs to act on an error: names, limits, quantities. Never secrets, never personal data. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The root of every error that the hub throws on purpose. Subclasses are named after the fact that they tell and live
 * beside the code that finds it; the code they carry is registered in `schema/errors.ts`.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code].kind;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** The domain says no. Expected, logged at info, never retried by us. */
export class Refusal extends DomainError {}

/** Something is in the way that may be gone later. Retried inside first, within bounds. */
export class Obstacle extends DomainError {}

/** Our own bug. Masked towards clients as `INTERNAL_SERVER_ERROR`. */
export class Defect extends DomainError {
  constructor(message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super('INTERNAL_SERVER_ERROR', message, details, options);
  }
}

/** Whether the registry knows this code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

/** A refusal as a value, for `decide` functions, which return it and never throw. */
export interface RefusalValue {
  readonly refused: true;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Makes the value that a `decide` function returns instead of events when the domain says no. */
export function refuse(code: ErrorCode, message: string, details: ErrorDetails = {}): RefusalValue {
  return { refused: true, code, message, details };
}

/** Tells a refusal value from events or any other result of a `decide` function. */
export function isRefusal(value: unknown): value is RefusalValue {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}

/** Turns a refusal value into the error that the edge throws. */
export function toRefusal(value: RefusalValue): Refusal {
  return new Refusal(value.code, value.message, value.details);
}

/**
 * States what must be true if the code is right.
 * @throws {Defect} when it is not
 */
export function invariant(condition: unknown, message: string, details: ErrorDetails = {}): asserts condition {
  if (!condition) throw new Defect(message, details);
}
