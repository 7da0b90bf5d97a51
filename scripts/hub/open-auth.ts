import { JwtAuthenticator, type Authenticator } from '../../gateway/auth/authenticator.ts';
import { openDevIssuer, type DevIssuer } from '../../gateway/auth/dev-issuer.ts';
import { openRemoteKeys } from '../../gateway/auth/remote-keys.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { HubConfig } from './config.ts';

export interface HubAuth {
  readonly authenticator: Authenticator;
  /** Absent with a real issuer. */
  readonly devIssuer?: DevIssuer;
}

/** Who may ask: tokens of the configured issuer, or of the development issuer where none is configured. */
export async function openAuth(
  { issuer, dataDirectory, isProduction }: HubConfig,
  platform: Platform,
): Promise<HubAuth> {
  const { clock, ids } = platform;
  if (issuer.kind === 'external') {
    const keys = openRemoteKeys(issuer.jwksUrl, platform);
    const { issuer: name, audience } = issuer;
    return { authenticator: new JwtAuthenticator({ ...keys, issuer: name, audience, clock }) };
  }
  const devIssuer = await openDevIssuer({ dataDirectory, isProduction, clock, ids });
  const { keys, audience } = devIssuer;
  return { devIssuer, authenticator: new JwtAuthenticator({ keys, issuer: devIssuer.issuer, audience, clock }) };
}
