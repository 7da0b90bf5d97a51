import type { Clock } from '../../kernel/ports/clock.ts';

export interface FetchedToken {
  readonly token: string;
  readonly expiresInMs: number;
}

export interface TokenCache {
  /** A token that lives for a while yet. Many callers at once share one fetch; a failed fetch is not remembered. */
  get(): Promise<string>;
  /** Forgets the token, because the system refused it. */
  forget(): void;
}

/**
 * Keeps one token. It is fetched anew before it ends: `refreshBeforeMs` ahead, or at half of its life when that is
 * shorter.
 */
export function createTokenCache(options: {
  readonly fetch: () => Promise<FetchedToken>;
  readonly clock: Clock;
  readonly refreshBeforeMs: number;
}): TokenCache {
  const { clock, refreshBeforeMs } = options;
  let kept: { readonly token: string; readonly refreshAtMs: number } | undefined;
  let inFlight: Promise<string> | undefined;
  const refresh = async (): Promise<string> => {
    const { token, expiresInMs } = await options.fetch();
    kept = { token, refreshAtMs: clock.nowMs() + Math.max(expiresInMs - refreshBeforeMs, expiresInMs / 2) };
    return token;
  };
  return {
    get: async () => {
      if (kept && clock.nowMs() < kept.refreshAtMs) return kept.token;
      inFlight ??= refresh().finally(() => {
        inFlight = undefined;
      });
      return inFlight;
    },
    forget: () => {
      kept = undefined;
    },
  };
}
