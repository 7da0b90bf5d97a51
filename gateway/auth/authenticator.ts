import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { LruMap } from '../../kernel/graphql/lru-map.ts';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import { ANONYMOUS_SUBJECT } from '../../kernel/model/identity.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import { ROLES } from '../../schema/scopes.ts';

/** Turns what a request carries into who is asking. */
export interface Authenticator {
  /**
   * The identity of a token, or the anonymous one when there is none.
   * @throws {Refusal} UNAUTHENTICATED when the token is malformed, expired, or not from the configured issuer
   * @throws {Obstacle} UPSTREAM_UNAVAILABLE when the issuer's keys cannot be read
   */
  authenticate(authorization: string | undefined): Promise<Identity>;
}

export interface JwtAuthenticatorOptions {
  readonly keys: JWTVerifyGetKey;
  /** The `iss` that a token must carry. */
  readonly issuer: string;
  /** The `aud` that a token must carry. */
  readonly audience: string;
  readonly clock: Clock;
  /** How many verified tokens are remembered. Default: 10,000. */
  readonly tokensMax?: number;
  /** How long a verified token is believed without verifying it again. Default: 60,000 (1 min). 0: not at all. */
  readonly believeMs?: number;
}

/** Signatures that are accepted: asymmetric ones alone, because the hub holds no issuer's secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** The longest token that is looked at. */
const TOKEN_LENGTH_MAX = 8_192;

/** Who asks without a token. */
export const ANONYMOUS: Identity = {
  subject: ANONYMOUS_SUBJECT,
  clientId: ANONYMOUS_SUBJECT,
  scopes: ROLES.anonymous,
  stores: [],
};

interface Believed {
  readonly identity: Identity;
  readonly untilMs: number;
}

/** Reads an issuer's keys by URL, keeps them, and reads them again when a token names an unknown one. */
export function remoteKeys(jwksUrl: string): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: 3_000,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
  });
}

/** Verifies JSON Web Tokens with the claims of RFC 9068 and the hub's own `stores` and `customer`. */
export class JwtAuthenticator implements Authenticator {
  readonly #options: JwtAuthenticatorOptions;
  readonly #believed: LruMap<string, Believed>;

  constructor(options: JwtAuthenticatorOptions) {
    this.#options = options;
    this.#believed = new LruMap(options.tokensMax ?? 10_000);
  }

  async authenticate(authorization: string | undefined): Promise<Identity> {
    if (authorization === undefined || authorization === '') return ANONYMOUS;
    const match = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.slice(0, TOKEN_LENGTH_MAX));
    const token = match?.[1];
    if (token === undefined) throw refused('The authorization header holds no bearer token.');
    const nowMs = this.#options.clock.nowMs();
    const believed = this.#believed.get(token);
    if (believed && nowMs < believed.untilMs) return believed.identity;
    const identity = toIdentity(await this.#verify(token, nowMs));
    const believeMs = this.#options.believeMs ?? 60_000;
    this.#believed.set(token, { identity, untilMs: Math.min(nowMs + believeMs, identity.expiresAtMs ?? 0) });
    return identity;
  }

  async #verify(token: string, nowMs: number): Promise<JWTPayload> {
    const { keys, issuer, audience } = this.#options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        currentDate: new Date(nowMs),
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (isFaultOfToken(error)) throw refused('The token is not valid here.', error);
      throw new Obstacle(
        'UPSTREAM_UNAVAILABLE',
        "The issuer's keys cannot be read.",
        { source: 'jwks' },
        { cause: error },
      );
    }
  }
}

function toIdentity(claims: JWTPayload): Identity {
  const subject = claims.sub ?? '';
  if (subject === '' || subject === ANONYMOUS_SUBJECT) throw refused('The token names no subject.');
  const customer = claims['customer'];
  return {
    subject,
    clientId: firstText(claims['client_id'], claims['azp']) ?? subject,
    scopes: typeof claims['scope'] === 'string' ? claims['scope'].split(' ').filter((scope) => scope !== '') : [],
    stores: toStores(claims['stores']),
    ...(typeof customer === 'string' && { customer }),
    expiresAtMs: (claims.exp ?? 0) * 1000,
  };
}

function toStores(claim: unknown): Identity['stores'] {
  if (claim === '*') return '*';
  const list = Array.isArray(claim) ? claim : [];
  if (list.includes('*')) return '*';
  return list.filter((store) => typeof store === 'string');
}

function firstText(...claims: readonly unknown[]): string | undefined {
  return claims.find((claim) => typeof claim === 'string' && claim !== '') as string | undefined;
}

/** Everything but a failure to get the keys says something about the token. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== 'ERR_JOSE_GENERIC'
  );
}

function refused(message: string, cause?: unknown): Refusal {
  return new Refusal('UNAUTHENTICATED', message, {}, { cause });
}
