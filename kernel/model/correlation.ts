/** The header that carries the correlation id between processes. */
export const CORRELATION_HEADER = 'x-correlation-id';

/**
 * The header that carries the span between processes.
 *
 * Source: https://www.w3.org/TR/trace-context/
 */
export const TRACEPARENT_HEADER = 'traceparent';

/** Vendors' additions to the trace, handed on unread. */
export const TRACESTATE_HEADER = 'tracestate';

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A caller's span; undefined when the header is absent or malformed, as the specification demands. */
export function readTraceparent(header: unknown): string | undefined {
  return typeof header === 'string' && TRACEPARENT.test(header) ? header : undefined;
}
