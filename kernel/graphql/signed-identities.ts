import type { Identity } from '../model/identity.ts';
import type { Clock } from '../ports/clock.ts';
import { IDENTITY_TTL_MS, verifySigned } from './identity-header.ts';
import { LruMap } from './lru-map.ts';

/** Callers whose signature is remembered. */
const IDENTITIES_MAX = 10_000;
/** A gateway sends the same signature for a third of its life; afterwards it is verified again, and found expired. */
const REMEMBERED_MS = IDENTITY_TTL_MS / 3;

interface Verified {
  readonly identity: Identity;
  readonly untilMs: number;
}

/** Believes a signature that it has verified shortly before, since callers come again and again. */
export class SignedIdentities {
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #verified = new LruMap<string, Verified>(IDENTITIES_MAX);

  constructor(secret: string, clock: Clock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  /** @throws {Refusal} UNAUTHENTICATED when the header is absent, malformed, expired or signed by somebody else */
  verify(header: string | undefined): Identity {
    const nowMs = this.#clock.nowMs();
    const known = header === undefined ? undefined : this.#verified.get(header);
    if (known && nowMs < known.untilMs) return known.identity;
    const { identity, expiresAtMs } = verifySigned(header, this.#secret, nowMs);
    this.#verified.set(header ?? '', { identity, untilMs: Math.min(expiresAtMs, nowMs + REMEMBERED_MS) });
    return identity;
  }
}
