import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTVerifyGetKey } from 'jose';
import { Obstacle } from '../../kernel/model/errors.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { authenticateCaller } from '../auth/authenticate-caller.ts';
import { JwtAuthenticator } from '../auth/authenticator.ts';
import { DEFAULT_CLIENT_LIMITS } from './client-limits.ts';
import { TokenFailures } from './token-failures.ts';

const [ISSUER, AUDIENCE] = ['https://issuer.example', 'stockwire'];

let clock: FakeClock;
let privateKey: CryptoKey;
/** Tokens whose signature was looked at. */
let verified: number;
let keys: JWTVerifyGetKey;
let authenticator: JwtAuthenticator;
beforeEach(async () => {
  [clock, verified] = [new FakeClock(), 0];
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  const local = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'ES256' }] });
  keys = local;
  const counted: JWTVerifyGetKey = (...given) => {
    verified++;
    return keys(...given);
  };
  authenticator = new JwtAuthenticator({ keys: counted, issuer: ISSUER, audience: AUDIENCE, clock });
});

function limited(tokenFailuresPerWindowMax: number, clientsMax = 100): TokenFailures {
  return new TokenFailures({
    limits: { ...DEFAULT_CLIENT_LIMITS, windowMs: 1_000, tokenFailuresPerWindowMax, clientsMax },
    clock,
  });
}

async function token(audience = AUDIENCE): Promise<string> {
  const signing = new SignJWT({ scope: 'orders:read' })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject('ann')
    .setJti(String(Math.random()))
    .setExpirationTime(Math.floor(clock.nowMs() / 1_000) + 600);
  return `Bearer ${await signing.sign(privateKey)}`;
}

/** The code of what came of it; `ok` when it was let in. */
async function ask(authorization: string, failures: TokenFailures, address = '192.0.2.1'): Promise<string> {
  return authenticateCaller({ authorization, address }, authenticator, failures).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
}

const many = <T>(count: number, make: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, make));

describe('tokens that are not valid here', () => {
  test('are verified as many times as the limit says, also when they come together, and then turned away', async () => {
    const failures = limited(3);
    const bad = await many(8, () => token('somebody else'));
    const outcomes = await Promise.all(bad.map((each) => ask(each, failures)));
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(5);
    expect(verified).toBe(3);
    // What is no token at all counts as well.
    expect(await ask('Bearer nothing', failures)).toBe('RATE_LIMITED');
  });

  test('of one address say nothing of another one', async () => {
    const failures = limited(1);
    expect(await ask(await token('x'), failures, '192.0.2.1')).toBe('UNAUTHENTICATED');
    expect(await ask(await token('x'), failures, '192.0.2.1')).toBe('RATE_LIMITED');
    expect(await ask(await token('x'), failures, '192.0.2.2')).toBe('UNAUTHENTICATED');
  });

  test('tell when to come again, and then it is so', async () => {
    const failures = limited(2);
    for (let n = 0; n < 2; n++) await ask(await token('x'), failures);
    const authorization = await token();
    const refused = authenticateCaller({ authorization, address: '192.0.2.1' }, authenticator, failures);
    await expect(refused).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryable: true,
      details: { limit: 'tokenFailuresPerWindowMax', max: 2, windowMs: 1_000, retryAfterMs: 500 },
    });
    clock.advance(500);
    expect(await ask(authorization, failures)).toBe('ok');
  });

  test('do not keep out one that was verified before', async () => {
    const failures = limited(1);
    const good = await token();
    expect(await ask(good, failures)).toBe('ok');
    expect(await ask(await token('x'), failures)).toBe('UNAUTHENTICATED');
    expect(await ask(await token(), failures)).toBe('RATE_LIMITED');
    expect(await ask(good, failures)).toBe('ok');
  });

  test('are not counted among good ones, nor are those that cannot be verified because the issuer is away', async () => {
    const failures = limited(1);
    for (const good of await many(5, () => token())) expect(await ask(good, failures)).toBe('ok');
    keys = () => Promise.reject(new Obstacle('UPSTREAM_UNAVAILABLE', 'away', {}));
    for (const good of await many(3, () => token())) expect(await ask(good, failures)).toBe('UPSTREAM_UNAVAILABLE');
  });

  test('are counted of so many addresses at a time as the limit says', async () => {
    const failures = limited(1, 2);
    for (const address of ['a', 'b', 'c']) await ask(await token('x'), failures, address);
    expect(await ask(await token('x'), failures, 'c')).toBe('RATE_LIMITED');
    expect(await ask(await token('x'), failures, 'a')).toBe('UNAUTHENTICATED');
  });
});
