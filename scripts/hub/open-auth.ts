import { JwtAuthenticator, type Authenticator } from '../../gateway/auth/authenticator.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/auth/dev-issuer.ts';
import { openRemoteKeys } from '../../gateway/auth/remote-keys.ts';
import type { AuthenticationConfig } from '../../gateway/edge-config.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { HubConfig } from './config.ts';

export interface HubAuth {
  readonly authenticator: Authenticator;
  /** Absent with a real issuer. */
  readonly devIssuer?: DevIssuer;
}

/** By how much the clock of an issuer may differ. */
export const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Who may ask: tokens of the configured issuer, or of the development issuer where none is configured.
 * @param settings besides the issuer, which is the environment's to name
 */
export async function openAuth(
  { issuer, dataDirectory, isProduction }: Pick<HubConfig, 'issuer' | 'dataDirectory' | 'isProduction'>,
  platform: Pick<Platform, 'clock' | 'ids' | 'telemetry'>,
  settings: Pick<AuthenticationConfig, 'clockToleranceMs' | 'anonymous' | 'anonymousScopes'> = {},
): Promise<HubAuth> {
  const { clock, ids } = platform;
  const { clockToleranceMs = CLOCK_TOLERANCE_MS, anonymous: allowAnonymous = true, anonymousScopes } = settings;
  const common = { clock, clockToleranceMs, allowAnonymous, anonymousScopes };
  if (issuer.kind === 'external') {
    const keys = openRemoteKeys(issuer.jwksUrl, platform);
    const { issuer: name, audience } = issuer;
    return { authenticator: new JwtAuthenticator({ ...keys, issuer: name, audience, ...common }) };
  }
  const devIssuer = await openDevIssuer({ dataDirectory, isProduction, clock, ids });
  const { keys, audience } = devIssuer;
  return { devIssuer, authenticator: new JwtAuthenticator({ keys, issuer: devIssuer.issuer, audience, ...common }) };
}
