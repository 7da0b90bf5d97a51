import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whose plain requests are refused. A page of any origin can make a browser send a request without asking first, as long
 * as it carries nothing but simple headers and types; such a request may bear the user's cookies or come from inside
 * the user's network.
 *
 * `browsers`: refuses what a browser may have sent so. `always`: refuses it from every client, as Apollo Server does.
 * `off`: refuses nothing; for servers that nothing but other servers can reach.
 */
export type CsrfMode = 'browsers' | 'always' | 'off';

/** Any of them makes a browser ask first; they are otherwise of no account. */
export const CSRF_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight', 'authorization'] as const;

const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/**
 * Whether a request may have been forged by a page of another origin.
 *
 * Source: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function mayBeForged(headers: IncomingHttpHeaders, mode: CsrfMode): boolean {
  if (mode === 'off' || hasAskedFirst(headers)) return false;
  return mode === 'always' || mayComeFromBrowser(headers);
}

function hasAskedFirst(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined && type !== '' && !SIMPLE_TYPES.has(type)) return true;
  return CSRF_HEADERS.some((name) => headers[name] !== undefined && headers[name] !== '');
}

/** A page can leave out its origin and its referrer, but no page can make its browser call itself something else. */
function mayComeFromBrowser(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return false;
  return (
    site !== undefined ||
    headers.origin !== undefined ||
    headers.referer !== undefined ||
    headers.cookie !== undefined ||
    /^mozilla\//i.test(headers['user-agent'] ?? '')
  );
}
