/** Which pages of other origins may read answers. */
export interface CorsOptions {
  /** Exact origins such as `https://shop.example`; `*` is every page, which then may send no cookies. */
  readonly origins: readonly string[] | '*';
  /** Whether pages may send cookies and HTTP authentication. Default: false. Not with `*`. */
  readonly credentials?: boolean;
  /** Headers that pages may send besides `DEFAULT_CORS_HEADERS`. Default: none. */
  readonly allowedHeaders?: readonly string[];
  /** How long a browser may remember a preflight. Default: 600 (10 min). */
  readonly maxAgeSeconds?: number;
}

/** What a page may always send: what the gateway reads, and what common clients bring along. */
const DEFAULT_CORS_HEADERS: readonly string[] = [
  'accept',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'authorization',
  'content-type',
  'graphql-client-name',
  'graphql-client-version',
  'traceparent',
  'tracestate',
  'x-apollo-operation-name',
  'x-correlation-id',
];

const EXPOSED_HEADERS = 'retry-after, x-correlation-id';

export type Headers = Readonly<Record<string, string>>;

/** The headers by which a browser learns what a page may do. */
export interface Cors {
  /** For an answer; always says that it depends on the origin, because caches must know. */
  headersFor(origin: string | undefined): Headers;
  /** For a preflight; undefined when the origin is not one of those that may ask. */
  preflight(origin: string | undefined): Headers | undefined;
}

const VARY: Headers = { vary: 'origin' };

/**
 * Source: https://fetch.spec.whatwg.org/#http-cors-protocol
 * @throws {Error} for `*` with credentials, which browsers refuse
 */
export function createCors({
  origins,
  credentials = false,
  allowedHeaders = [],
  maxAgeSeconds = 600,
}: CorsOptions): Cors {
  if (origins === '*' && credentials) throw new Error('Credentials need a list of origins.');
  const known = new Set(origins === '*' ? [] : origins);
  const answerFor = (allowed: string): Headers => ({
    ...(allowed !== '*' && VARY),
    'access-control-allow-origin': allowed,
    'access-control-expose-headers': EXPOSED_HEADERS,
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
  });
  const answers = new Map([...known, '*'].map((origin) => [origin, answerFor(origin)]));
  const allowedFor = (origin: string | undefined): Headers | undefined =>
    origins === '*' ? answers.get('*') : origin !== undefined && known.has(origin) ? answers.get(origin) : undefined;
  const forPreflights: Headers = {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': [...new Set([...DEFAULT_CORS_HEADERS, ...allowedHeaders])].join(', '),
    'access-control-max-age': String(maxAgeSeconds),
  };
  return {
    headersFor: (origin) => allowedFor(origin) ?? VARY,
    preflight: (origin) => {
      const allowed = allowedFor(origin);
      return allowed && { ...allowed, ...forPreflights };
    },
  };
}
