import { Defect, DomainError, type ErrorDetails } from '../../kernel/model/errors.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { ErrorCode } from '../../schema/errors.ts';

/** An HTTP request as the hub's edge hands it over, whatever server read it. */
export interface EdgeRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Buffer;
  /** Where it came from; undefined once the connection is gone. */
  readonly address?: string | undefined;
}

export interface EdgeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a server mounts: every request below the path goes to the handler, which never throws. */
export interface EdgeRoute {
  readonly method: 'POST';
  /** `:name` stands for one part, as in `/webhooks/:system`. */
  readonly path: string;
  /** The server reads no more than that and answers 413 itself, or leaves the check to the handler. */
  readonly bodyBytesMax: number;
  handle(request: EdgeRequest): Promise<EdgeAnswer>;
}

export function jsonAnswer(status: number, value: unknown): EdgeAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}

export function errorAnswer(
  status: number,
  error: { readonly code: ErrorCode; readonly message: string; readonly details?: ErrorDetails },
): EdgeAnswer {
  return jsonAnswer(status, { code: error.code, message: error.message, details: error.details ?? {} });
}

const STATUS_BY_CODE: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  INVALID_SIGNATURE: 401,
  FORBIDDEN: 403,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  // Our own question to the system was refused: the message itself is good and must come again.
  UPSTREAM_REJECTED: 502,
};

/** The answer for anything thrown. 5xx asks the sender to repeat. */
export function answerOf(
  error: unknown,
  { ids, telemetry }: { readonly ids: Ids; readonly telemetry: Telemetry },
): EdgeAnswer {
  if (error instanceof DomainError && !(error instanceof Defect)) {
    const { code, message, details, kind } = error;
    telemetry.log('info', 'A message was not received.', { code });
    const answer = errorAnswer(STATUS_BY_CODE[code] ?? (kind === 'obstacle' ? 503 : 400), { code, message, details });
    return code === 'RATE_LIMITED' ? withRetryAfter(answer, details['retryAfterMs']) : answer;
  }
  const incidentId = ids.next();
  telemetry.log('error', 'Receiving failed.', {
    incidentId,
    error: error instanceof Error ? error.stack : String(error),
  });
  const message = 'The hub failed. The incident id names the log entry.';
  return errorAnswer(500, { code: 'INTERNAL_SERVER_ERROR', message, details: { incidentId } });
}

/** @param retryAfterMs - the header is in whole seconds, so it is rounded up */
function withRetryAfter(answer: EdgeAnswer, retryAfterMs: unknown): EdgeAnswer {
  if (typeof retryAfterMs !== 'number') return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } };
}
