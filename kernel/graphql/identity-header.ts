import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../model/errors.ts';
import type { Identity } from '../model/identity.ts';

/** Carries the caller's identity from the gateway to a subgraph. */
export const IDENTITY_HEADER = 'x-stockwire-identity';

/** How long a signed identity is good for: one fetch, clock differences between two machines included. */
export const IDENTITY_TTL_MS = 60_000;

/** The longest header that is read; Node refuses 16 KiB of headers by itself. */
const HEADER_LENGTH_MAX = 12_288;

/** The shortest secret that is accepted, in characters. */
export const IDENTITY_SECRET_LENGTH_MIN = 16;

export interface SignedIdentity {
  readonly identity: Identity;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** The header's value: base64url JSON, a dot, and its HMAC-SHA256. Valid for IDENTITY_TTL_MS from `nowMs`. */
export function signIdentity(identity: Identity, secret: string, nowMs: number): string {
  const signed: SignedIdentity = { identity, expiresAtMs: nowMs + IDENTITY_TTL_MS };
  const payload = Buffer.from(JSON.stringify(signed), 'utf8').toString('base64url');
  return `${payload}.${macOf(payload, secret).toString('base64url')}`;
}

/**
 * The identity that the gateway vouches for.
 * @throws {Refusal} UNAUTHENTICATED when the header is absent, malformed, expired or not signed with `secret`
 */
export function verifyIdentity(header: string | undefined, secret: string, nowMs: number): Identity {
  return verifySigned(header, secret, nowMs).identity;
}

/**
 * The same with the end of the signature's validity.
 * @throws {Refusal} UNAUTHENTICATED as `verifyIdentity`
 */
export function verifySigned(header: string | undefined, secret: string, nowMs: number): SignedIdentity {
  if (header === undefined || header === '') throw refused('carries no identity');
  if (header.length > HEADER_LENGTH_MAX) throw refused('carries an identity that is too long');
  const [payload = '', mac = '', ...rest] = header.split('.');
  if (rest.length > 0 || !isMacOf(payload, mac, secret)) throw refused('carries an identity with a wrong signature');
  const signed = parse(payload);
  if (signed.expiresAtMs <= nowMs) throw refused('carries an identity that has expired');
  return signed;
}

function isMacOf(payload: string, mac: string, secret: string): boolean {
  const expected = macOf(payload, secret);
  const given = Buffer.from(mac, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function macOf(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(payload, 'utf8').digest();
}

/** What is signed was written by a gateway, so only a gateway of another version can bring another form. */
function parse(payload: string): SignedIdentity {
  try {
    const signed = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Partial<SignedIdentity> | null;
    if (typeof signed?.expiresAtMs === 'number' && Array.isArray(signed.identity?.scopes))
      return signed as SignedIdentity;
  } catch (error) {
    throw refused('carries an identity that is no JSON', error);
  }
  throw refused('carries an identity of another form');
}

function refused(what: string, cause?: unknown): Refusal {
  return new Refusal('UNAUTHENTICATED', `The request ${what}.`, {}, { cause });
}
