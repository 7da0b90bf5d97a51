import { createRemoteJWKSet, customFetch } from 'jose';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';

export interface RemoteKeysOptions {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** How often the keys are read anew. Default: 600,000 (10 min). */
  readonly refreshMs?: number;
  /** How long the last known keys are used while the issuer cannot be read. Default: 86,400,000 (a day). */
  readonly staleMsMax?: number;
  /** How long one reading may take. Default: 3,000 (3 s). */
  readonly timeoutMs?: number;
  /** How long after a reading an unknown key id does not cause another. Default: 30,000 (30 s). */
  readonly cooldownMs?: number;
  /** How long after a reading that failed nothing causes another. Default: 1,000 (1 s). */
  readonly failureCooldownMs?: number;
}

/** The keys of an issuer, which come and go. */
export interface RemoteKeys {
  readonly keys: JWTVerifyGetKey;
  /**
   * Grows whenever other keys were read than before. Asking for it also has the keys read anew when that is due, in
   * the background, so that a withdrawn key is noticed although every token that is met was verified before.
   */
  revision(): number;
}

/** Reads an issuer's keys by URL, keeps them, reads them again from time to time and when a token names an unknown one. */
export function openRemoteKeys(jwksUrl: string, options: RemoteKeysOptions): RemoteKeys {
  const { clock, telemetry, refreshMs = 600_000, staleMsMax = 86_400_000, failureCooldownMs = 1_000 } = options;
  let [revision, known, refreshAtMs, failedUntilMs] = [0, '', clock.nowMs() + refreshMs, 0];
  const observe: FetchImplementation = async (url, init) => {
    // Whoever sends tokens with keys that nobody knows must not have an issuer that is down asked for each of them.
    if (clock.nowMs() < failedUntilMs) throw new Error('The keys could not be read a moment ago.');
    failedUntilMs = clock.nowMs() + failureCooldownMs;
    const response = await fetch(url, init);
    if (response.status !== 200) return response;
    const text = await response.text();
    failedUntilMs = 0;
    if (text !== known) revision++;
    known = text;
    return new Response(text, { status: 200 });
  };
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: options.timeoutMs ?? 3_000,
    cooldownDuration: options.cooldownMs ?? 30_000,
    cacheMaxAge: staleMsMax,
    [customFetch]: observe,
  });
  return {
    keys,
    revision: () => {
      if (clock.nowMs() >= refreshAtMs) {
        refreshAtMs = clock.nowMs() + refreshMs;
        keys.reload().catch((error: unknown) => {
          telemetry.log('warn', "The issuer's keys could not be read again; the known ones stay in use.", {
            error: String(error),
          });
        });
      }
      return revision;
    },
  };
}
