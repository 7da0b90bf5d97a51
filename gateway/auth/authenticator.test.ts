import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { isAuthenticated } from '../../kernel/model/identity.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { JwtAuthenticator, remoteKeys } from './authenticator.ts';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'stockwire';
const CLAIMS = { client_id: 'app', scope: 'orders:read  orders:place', stores: ['S1', 'S2'], customer: 'c-7' };

let clock: FakeClock;
let privateKey: CryptoKey;
let authenticator: JwtAuthenticator;

beforeEach(async () => {
  clock = new FakeClock();
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }] });
  authenticator = new JwtAuthenticator({ keys, issuer: ISSUER, audience: AUDIENCE, clock });
});

interface Minting {
  readonly claims?: Record<string, unknown>;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
  readonly key?: CryptoKey;
  readonly ttlSeconds?: number;
}

function mint({
  claims = CLAIMS,
  issuer = ISSUER,
  audience = AUDIENCE,
  subject = 'ann',
  key = privateKey,
  ttlSeconds = 300,
}: Minting = {}) {
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setExpirationTime(nowSeconds + ttlSeconds)
    .sign(key);
}

const refused = expect.objectContaining({ code: 'UNAUTHENTICATED' });

describe('authentication', () => {
  test('a token tells who asks, for which stores and which customer', async () => {
    expect(await authenticator.authenticate(`Bearer ${await mint()}`)).toEqual({
      subject: 'ann',
      clientId: 'app',
      scopes: ['orders:read', 'orders:place'],
      stores: ['S1', 'S2'],
      customer: 'c-7',
      expiresAtMs: clock.nowMs() + 300_000,
    });
  });

  test.each([
    ['*', '*'],
    [['*'], '*'],
    [undefined, []],
    ['S1', []],
    [[1, 'S1'], ['S1']],
  ])('the claim stores %j means %j', async (stores, expected) => {
    const identity = await authenticator.authenticate(`Bearer ${await mint({ claims: { ...CLAIMS, stores } })}`);
    expect(identity.stores).toEqual(expected);
  });

  test('no token is the anonymous caller, who may read products and availability', async () => {
    const identity = await authenticator.authenticate(undefined);
    expect(isAuthenticated(identity)).toBe(false);
    expect(identity.scopes).toEqual(['products:read', 'availability:read']);
  });

  test('a token that has expired is refused, also when it was believed before', async () => {
    const token = await mint({ ttlSeconds: 30 });
    await authenticator.authenticate(`Bearer ${token}`);
    clock.advance(29_000);
    await authenticator.authenticate(`Bearer ${token}`);
    clock.advance(1_000);
    await expect(authenticator.authenticate(`Bearer ${token}`)).rejects.toEqual(refused);
  });

  test.each([
    ['of another issuer', async () => `Bearer ${await mint({ issuer: 'https://other.example' })}`],
    ['for another audience', async () => `Bearer ${await mint({ audience: 'other' })}`],
    [
      'signed with another key',
      async () => `Bearer ${await mint({ key: (await generateKeyPair('ES256')).privateKey })}`,
    ],
    ['that claims to be nobody', async () => `Bearer ${await mint({ subject: 'anonymous' })}`],
    ['without a subject', async () => `Bearer ${await mint({ subject: '' })}`],
    ['with a changed payload', async () => changePayload(await mint())],
    ['without a signature', async () => `Bearer ${unsigned()}`],
    ['of another scheme', async () => `Basic ${await mint()}`],
    ['that is none', async () => 'Bearer x'],
    ['that is too long', async () => `Bearer ${'a'.repeat(9_000)}.b.c`],
  ])('a token %s is refused', async (_what, header) => {
    await expect(authenticator.authenticate(await header())).rejects.toEqual(refused);
  });
});

describe('keys by URL', () => {
  test('keys that cannot be read are an obstacle and not the fault of the token', async () => {
    // A port that was never opened refuses at once.
    const keys = remoteKeys('http://127.0.0.1:1/jwks.json');
    const lost = new JwtAuthenticator({ keys, issuer: ISSUER, audience: AUDIENCE, clock });
    await expect(lost.authenticate(`Bearer ${await mint()}`)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
    });
  });
});

function changePayload(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const richer = Buffer.from(JSON.stringify({ ...claims, stores: '*' })).toString('base64url');
  return `Bearer ${header}.${richer}.${signature}`;
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ iss: ISSUER, aud: AUDIENCE, sub: 'ann', exp: 9e9 })}.AA`;
}
