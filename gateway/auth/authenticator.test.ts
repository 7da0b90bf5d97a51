import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTVerifyGetKey } from 'jose';
import { isAuthenticated } from '../../kernel/model/identity.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { JwtAuthenticator } from './authenticator.ts';
import type { JwtAuthenticatorOptions } from './authenticator.ts';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'stockwire';
const CLAIMS = { client_id: 'app', scope: 'orders:read  orders:place', stores: ['S1', 'S2'], customer: 'c-7' };

let clock: FakeClock;
let privateKey: CryptoKey;
let publicKey: CryptoKey;
let authenticator: JwtAuthenticator;

beforeEach(async () => {
  clock = new FakeClock();
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  publicKey = pair.publicKey;
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

describe('verified tokens', () => {
  let asked = 0;
  let revision = 0;
  let local: JWTVerifyGetKey;

  const counting = (options: Partial<JwtAuthenticatorOptions> = {}): JwtAuthenticator => {
    asked = 0;
    const keys: JWTVerifyGetKey = (header, token) => {
      asked++;
      return local(header, token);
    };
    const own = { keys, revision: () => revision, issuer: ISSUER, audience: AUDIENCE, clock };
    return new JwtAuthenticator({ ...own, ...options });
  };

  beforeEach(async () => {
    const jwk = await exportJWK(publicKey);
    local = createLocalJWKSet({ keys: [{ ...jwk, kid: 'k1', alg: 'ES256' }] });
  });

  test('are not verified again until they expire', async () => {
    const counted = counting();
    const header = `Bearer ${await mint({ ttlSeconds: 3_600 })}`;
    await counted.authenticate(header);
    clock.advance(3_599_000);
    await counted.authenticate(header);
    expect(asked).toBe(1);
    clock.advance(1_000);
    await expect(counted.authenticate(header)).rejects.toEqual(refused);
  });

  test('are verified again when the keys have changed, and refused when theirs is gone', async () => {
    const counted = counting();
    const header = `Bearer ${await mint()}`;
    await counted.authenticate(header);
    revision++;
    await counted.authenticate(header);
    expect(asked).toBe(2);
    revision++;
    local = createLocalJWKSet({ keys: [] });
    await expect(counted.authenticate(header)).rejects.toEqual(refused);
  });

  test('are forgotten beyond the bound', async () => {
    const counted = counting({ tokensMax: 2 });
    const headers = await Promise.all(['a', 'b', 'c'].map(async (subject) => `Bearer ${await mint({ subject })}`));
    for (const header of [...headers, ...headers]) await counted.authenticate(header);
    expect(asked).toBe(6);
  });

  test('may be as much too old as clocks may differ', async () => {
    const tolerant = counting({ clockToleranceMs: 5_000 });
    const header = `Bearer ${await mint({ ttlSeconds: 30 })}`;
    clock.advance(34_000);
    await tolerant.authenticate(header);
    clock.advance(1_000);
    await expect(tolerant.authenticate(header)).rejects.toEqual(refused);
  });
});

describe('claims', () => {
  test('scopes and policies may be a text or a list', async () => {
    const claims = { scope: ['a:read', 'b:read'], policies: 'adult staff' };
    expect(await authenticator.authenticate(`Bearer ${await mint({ claims })}`)).toMatchObject({
      scopes: ['a:read', 'b:read'],
      policies: ['adult', 'staff'],
    });
  });
});

describe('anonymous callers', () => {
  test('are refused where a token is asked of everybody', async () => {
    const keys = createLocalJWKSet({ keys: [] });
    const strict = new JwtAuthenticator({ keys, issuer: ISSUER, audience: AUDIENCE, clock, allowAnonymous: false });
    await expect(strict.authenticate(undefined)).rejects.toEqual(refused);
    await expect(strict.authenticate('')).rejects.toEqual(refused);
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
