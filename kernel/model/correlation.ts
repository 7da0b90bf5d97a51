/** The header that carries the correlation id between processes. */
export const CORRELATION_HEADER = 'x-correlation-id';
