import type { Platform } from '../../kernel/ports/platform.ts';
import { RENEW_SUBSCRIPTIONS_MS, type ConnectedSystems } from './systems.ts';

/** Webhooks are asked for without end; what they miss meanwhile is polled. @returns stops asking */
export function keepSubscribed(
  { ensureSubscribed }: ConnectedSystems,
  { clock, telemetry }: Pick<Platform, 'clock' | 'telemetry'>,
): () => void {
  if (!ensureSubscribed) return () => undefined;
  let cancel = () => {};
  const renew = () => {
    cancel = clock.after(RENEW_SUBSCRIPTIONS_MS, renew);
    ensureSubscribed().catch((error: unknown) => {
      telemetry.log('warn', 'A system could not be asked for its webhooks.', { error: String(error) });
    });
  };
  renew();
  return () => cancel();
}
