import { hash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
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
   * @throws {Refusal} UNAUTHENTICATED when the token is malformed, expired, or not from the configured issuer, or when
   * there is none and nobody may ask without
   * @throws {Obstacle} UPSTREAM_UNAVAILABLE when the issuer's keys cannot be read
   * @param beforeVerifying called for a token that was not verified before; what it throws is thrown, and no work is done
   */
  authenticate(authorization: string | undefined, beforeVerifying?: () => void): Promise<Identity>;
}

export interface JwtAuthenticatorOptions {
  readonly keys: JWTVerifyGetKey;
  /** The `iss` that a token must carry. */
  readonly issuer: string;
  /** The `aud` that a token must carry. */
  readonly audience: string;
  readonly clock: Clock;
  /** Grows when `keys` have changed; tokens that were verified before are then verified again. Default: never. */
  readonly revision?: () => number;
  /** How many verified tokens are remembered, until they expire or the keys change. Default: 10,000. 0: none. */
  readonly tokensMax?: number;
  /** By how much the issuer's clock may differ. Default: 0. */
  readonly clockToleranceMs?: number;
  /** Whether one may ask without a token. Default: true. */
  readonly allowAnonymous?: boolean;
  /** What one may do without a token. Default: what the hub's anonymous role may. */
  readonly anonymousScopes?: readonly string[] | undefined;
}

/** Signatures that are accepted: asymmetric ones alone, because the hub holds no issuer's secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** The longest token that is looked at. */
const TOKEN_LENGTH_MAX = 8_192;

/** Who asks without a token, where that allows these scopes. */
export function anonymousWith(scopes: readonly string[]): Identity {
  return { subject: ANONYMOUS_SUBJECT, clientId: ANONYMOUS_SUBJECT, scopes, stores: [] };
}

/** Who asks the hub without a token. */
export const ANONYMOUS: Identity = anonymousWith(ROLES.anonymous);

interface Believed {
  readonly identity: Identity;
  readonly untilMs: number;
  readonly revision: number;
}

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * Verifies JSON Web Tokens with the claims of RFC 9068 and the hub's own `stores`, `customer` and `policies`. Verifying
 * costs as much as answering a request, so a token is verified once; its digest is remembered, never the token.
 */
export class JwtAuthenticator implements Authenticator {
  readonly #options: JwtAuthenticatorOptions;
  readonly #believed: LruMap<string, Believed>;
  readonly #anonymousIdentity: Identity;

  constructor(options: JwtAuthenticatorOptions) {
    this.#options = options;
    const { anonymousScopes } = options;
    this.#anonymousIdentity = anonymousScopes ? anonymousWith(anonymousScopes) : ANONYMOUS;
    this.#believed = new LruMap(options.tokensMax ?? 10_000);
  }

  async authenticate(authorization: string | undefined, beforeVerifying?: () => void): Promise<Identity> {
    if (authorization === undefined || authorization === '') return this.#anonymous();
    if (authorization.length > TOKEN_LENGTH_MAX) throw refused('The token is too long.');
    const revision = this.#options.revision?.() ?? 0;
    const nowMs = this.#options.clock.nowMs();
    const digest = hash('sha256', authorization, 'base64');
    const believed = this.#believed.get(digest);
    if (believed && nowMs < believed.untilMs && believed.revision === revision) return believed.identity;
    beforeVerifying?.();
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw refused('The authorization header holds no bearer token.');
    const identity = toIdentity(await this.#verify(token, nowMs));
    const untilMs = (identity.expiresAtMs ?? 0) + (this.#options.clockToleranceMs ?? 0);
    // The revision from before the verification: keys that changed meanwhile have it done again.
    this.#believed.set(digest, { identity, untilMs, revision });
    return identity;
  }

  #anonymous(): Identity {
    if (this.#options.allowAnonymous === false) throw refused('Nobody may ask without a token here.');
    return this.#anonymousIdentity;
  }

  async #verify(token: string, nowMs: number): Promise<JWTPayload> {
    const { keys, issuer, audience, clockToleranceMs = 0 } = this.#options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        currentDate: new Date(nowMs),
        clockTolerance: clockToleranceMs / 1_000,
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
  const policies = toList(claims['policies']);
  const contract = firstText(claims['contract']);
  return {
    subject,
    clientId: firstText(claims['client_id'], claims['azp']) ?? subject,
    scopes: toList(claims['scope']),
    stores: toStores(claims['stores']),
    ...(typeof customer === 'string' && { customer }),
    ...(policies.length > 0 && { policies }),
    ...(contract !== undefined && { contract }),
    expiresAtMs: (claims.exp ?? 0) * 1000,
  };
}

/** Words of a text, as RFC 9068 has scopes, or the texts of a list, as some issuers write them. */
function toList(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((item) => typeof item === 'string');
  return typeof claim === 'string' ? claim.split(' ').filter((word) => word !== '') : [];
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
