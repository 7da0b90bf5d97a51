import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { ROLES } from '../../schema/scopes.ts';
import type { DemoHub } from './open-demo-hub.ts';

/** A token like those of the hub's own issuer but for one thing. */
export async function mintToken(
  demo: DemoHub,
  { isForeign = false, expiresIn = '1h' }: { readonly isForeign?: boolean; readonly expiresIn?: string },
): Promise<string> {
  const own = JSON.parse(await readFile(join(demo.directory, 'dev-issuer-key.json'), 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = isForeign ? { ...(await exportJWK(privateKey)), kid: own.kid ?? '' } : own;
  const issuer = demo.hub.auth.devIssuer;
  return new SignJWT({ scope: ROLES.agent.join(' '), stores: '*' })
    .setProtectedHeader({ alg: 'ES256', kid: own.kid ?? '' })
    .setIssuer(issuer?.issuer ?? '')
    .setAudience(issuer?.audience ?? '')
    .setSubject('somebody')
    .setIssuedAt('-1h')
    .setExpirationTime(expiresIn)
    .sign(await importJWK(key, 'ES256'));
}
