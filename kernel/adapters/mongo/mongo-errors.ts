import { Defect, DomainError, Obstacle } from '../../model/errors.ts';

/** The server is away, slow, or has no primary at the moment. What was under way may have been done or not. */
export class DocumentsUnavailable extends Obstacle {
  constructor(what: string, options?: ErrorOptions) {
    super('CONTEXT_UNAVAILABLE', `The documents cannot be reached at the moment (${what}).`, { what }, options);
  }
}

/** More calls are under way than the bound allows. */
export class DocumentsOverloaded extends Obstacle {
  constructor(what: string, limit: string) {
    super('OVERLOADED', `${what}: ${limit} is reached; try again later.`, { limit });
  }
}

/** What the server says to a question that it does not understand: ours, not a matter of waiting. */
const MALFORMED_CODES: ReadonlySet<unknown> = new Set([2, 9, 14, 40, 52, 56, 57, 59, 67, 72, 85, 86]);
/** Errors of the driver that do not bear its name: a time that was up, a connection that was cut. */
const UNNAMED: ReadonlySet<string> = new Set(['PoolClearedOnNetworkError', 'TimeoutError']);
/** What Node says of a connection that was cut and that the driver hands on as it is, such as a write to an ended socket. */
const CUT_CODES: ReadonlySet<unknown> = new Set(['ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const DUPLICATE_KEY = 11_000;
const INDEX_NAME = / index: (\S+) /;

/** Leaves our own errors as they are; a question that is wrong is a defect, anything else of the driver an obstacle. */
export function toDocumentsError(error: unknown, what: string): Error {
  if (error instanceof DomainError || duplicateIndex(error) !== undefined) return error as Error;
  const { name = '', code } = (error ?? {}) as { name?: string; code?: string | number };
  const isNamed = name.startsWith('Mongo') && !(name === 'MongoServerError' && MALFORMED_CODES.has(code));
  if (UNNAMED.has(name) || CUT_CODES.has(code) || (isNamed && !/Argument|Invariant|Unexpected/.test(name)))
    return new DocumentsUnavailable(what, { cause: error });
  const why = `${name}${code === undefined ? '' : ` ${String(code)}`}`;
  return new Defect(`MongoDB refused ${what} (${why}).`, { what }, { cause: error });
}

/** The unique index that has the values already. Servers tell it in the message, not all of them elsewhere. */
export function duplicateIndex(error: unknown): string | undefined {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  return code === DUPLICATE_KEY ? (INDEX_NAME.exec(message)?.[1] ?? '') : undefined;
}
