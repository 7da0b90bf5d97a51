import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { Identity } from '../../kernel/model/identity.ts';
import { ROLES } from '../../schema/scopes.ts';

export const BENCH_ISSUER = 'https://issuer.bench.invalid';
export const BENCH_AUDIENCE = 'stockwire-bench';

/** An agent, who may read both operations whole. */
export const BENCH_IDENTITY: Identity = {
  subject: 'bench',
  clientId: 'bench',
  scopes: ROLES.agent,
  stores: '*',
};

export interface BenchToken {
  readonly token: string;
  readonly jwks: JSONWebKeySet;
}

/** A token of `BENCH_IDENTITY`, good for an hour, and the keys to verify it with. */
export async function issueBenchToken(): Promise<BenchToken> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const { subject, clientId, scopes, stores } = BENCH_IDENTITY;
  const token = await new SignJWT({ client_id: clientId, scope: scopes.join(' '), stores })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'at+jwt' })
    .setIssuer(BENCH_ISSUER)
    .setAudience(BENCH_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  return { token, jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }] } };
}
