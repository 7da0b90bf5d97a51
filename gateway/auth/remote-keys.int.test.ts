import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { JwtAuthenticator } from './authenticator.ts';
import { openRemoteKeys } from './remote-keys.ts';
import type { RemoteKeysOptions } from './remote-keys.ts';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'stockwire';

interface Signer {
  readonly kid: string;
  readonly key: CryptoKey;
  readonly jwk: JWK;
}

let server: Server;
let url: string;
let published: readonly JWK[];
let readings: number;
let isDown: boolean;
let clock: FakeClock;
let telemetry: RecordingTelemetry;

beforeEach(async () => {
  [published, readings, isDown, clock, telemetry] = [[], 0, false, new FakeClock(), new RecordingTelemetry()];
  server = createServer((_request, response) => {
    readings++;
    response.statusCode = isDown ? 503 : 200;
    response.end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function makeSigner(kid: string): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { kid, key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
}

async function headerOf({ kid, key }: Signer): Promise<string> {
  const token = await new SignJWT({ scope: 'orders:read' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('ann')
    .setExpirationTime(Math.floor(clock.nowMs() / 1_000) + 86_400)
    .sign(key);
  return `Bearer ${token}`;
}

function open(options: Partial<RemoteKeysOptions> = {}): JwtAuthenticator {
  const remote = openRemoteKeys(url, { clock, telemetry, cooldownMs: 0, ...options });
  return new JwtAuthenticator({ ...remote, issuer: ISSUER, audience: AUDIENCE, clock });
}

describe('keys by URL', () => {
  test('are read once for many tokens', async () => {
    const [one, other] = [await makeSigner('one'), await makeSigner('other')];
    published = [one.jwk, other.jwk];
    const authenticator = open();
    for (const signer of [one, other, one]) await authenticator.authenticate(await headerOf(signer));
    expect(readings).toBe(1);
  });

  test('are read again for a token that names a new one', async () => {
    const [before, after] = [await makeSigner('before'), await makeSigner('after')];
    published = [before.jwk];
    const authenticator = open();
    await authenticator.authenticate(await headerOf(before));
    published = [before.jwk, after.jwk];
    expect(await authenticator.authenticate(await headerOf(after))).toMatchObject({ subject: 'ann' });
    expect(readings).toBe(2);
  });

  test('that are withdrawn end the tokens that were believed by them', async () => {
    const [withdrawn, kept] = [await makeSigner('withdrawn'), await makeSigner('kept')];
    published = [withdrawn.jwk, kept.jwk];
    const authenticator = open({ refreshMs: 60_000 });
    const [ending, going] = [await headerOf(withdrawn), await headerOf(kept)];
    await authenticator.authenticate(ending);
    await authenticator.authenticate(going);
    published = [kept.jwk];
    clock.advance(60_000);
    // Nobody waits for the reading; whoever comes after it is asked for a valid token.
    await authenticator.authenticate(going);
    await waitFor(() => readings === 2);
    await waitFor(async () => {
      const outcome = await authenticator.authenticate(ending).catch((error: { code: string }) => error.code);
      return outcome === 'UNAUTHENTICATED';
    });
    expect(await authenticator.authenticate(going)).toMatchObject({ subject: 'ann' });
  });

  test('stay in use while the issuer is down', async () => {
    const signer = await makeSigner('one');
    published = [signer.jwk];
    const authenticator = open({ refreshMs: 60_000 });
    await authenticator.authenticate(await headerOf(signer));
    isDown = true;
    clock.advance(60_000);
    await authenticator.authenticate(await headerOf(signer));
    await waitFor(() => telemetry.logs.some(({ level }) => level === 'warn'));
    const fresh = await headerOf(signer);
    expect(await authenticator.authenticate(fresh)).toMatchObject({ subject: 'ann' });
  });

  test('are read again at most once in the cooldown, however many tokens name unknown ones', async () => {
    const now = jest.spyOn(Date, 'now');
    try {
      const [before, after] = [await makeSigner('before'), await makeSigner('after')];
      published = [before.jwk];
      const authenticator = open({ cooldownMs: 30_000 });
      await authenticator.authenticate(await headerOf(before));
      published = [before.jwk, after.jwk];
      const codeOf = async (header: string) =>
        authenticator.authenticate(header).then(
          () => 'ok',
          (error: { code: string }) => error.code,
        );
      // Tokens of the new key have to wait for the end of the cooldown.
      expect(await codeOf(await headerOf(after))).toBe('UNAUTHENTICATED');
      expect(readings).toBe(1);
      now.mockReturnValue(Date.now() + 30_001);
      const strangers = await Promise.all(['x', 'y', 'z'].map(async (kid) => headerOf(await makeSigner(kid))));
      const outcomes = await Promise.all([...strangers, await headerOf(after)].map(codeOf));
      expect(outcomes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'ok']);
      expect(await codeOf(await headerOf(await makeSigner('w')))).toBe('UNAUTHENTICATED');
      expect(readings).toBe(2);
    } finally {
      now.mockRestore();
    }
  });

  test('of an issuer that is down are asked for once in a while, however many tokens name unknown ones', async () => {
    const [known, other] = [await makeSigner('known'), await makeSigner('other')];
    published = [known.jwk];
    const authenticator = open({ failureCooldownMs: 1_000 });
    await authenticator.authenticate(await headerOf(known));
    isDown = true;
    const unknown = await headerOf(other);
    const ask = () => authenticator.authenticate(unknown).catch((error: { code: string }) => error.code);
    for (let n = 0; n < 5; n++) expect(await ask()).toBe('UPSTREAM_UNAVAILABLE');
    expect(readings).toBe(2);
    expect(await authenticator.authenticate(await headerOf(known))).toMatchObject({ subject: 'ann' });
    isDown = false;
    published = [known.jwk, other.jwk];
    clock.advance(1_000);
    expect(await ask()).toMatchObject({ subject: 'ann' });
  });

  test('that were never read are an obstacle and not the fault of the token', async () => {
    isDown = true;
    const refused = open().authenticate(await headerOf(await makeSigner('one')));
    await expect(refused).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true });
    // A port that was never opened refuses at once.
    url = 'http://127.0.0.1:1/jwks.json';
    await expect(open().authenticate(await headerOf(await makeSigner('one')))).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });
});
