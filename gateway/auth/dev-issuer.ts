import { createLocalJWKSet, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTVerifyGetKey } from 'jose';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import { ROLES } from '../../schema/scopes.ts';
import type { Role } from '../../schema/scopes.ts';
import type { Route, RouteRequest, RouteResponse } from '../transport/route.ts';

export const DEV_ISSUER = 'https://issuer.stockwire.invalid';
export const DEV_AUDIENCE = 'stockwire';

const ALGORITHM = 'ES256';
const KEY_FILE = 'dev-issuer-key.json';
const KEY_ID_LENGTH = 12;

/** How long a token of the development issuer is good for. */
export const DEV_TOKEN_TTL_MS = 24 * 3_600_000;

export interface DevIssuerOptions {
  /** Keeps the key pair, so that tokens survive a restart. Created when absent. */
  readonly dataDirectory: string;
  /** From NODE_ENV; the issuer refuses to exist where it is true. */
  readonly isProduction: boolean;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface TokenRequest {
  readonly role: Role;
  /** Default: `*` for all roles but anonymous and shopper, which have none. */
  readonly stores?: readonly string[] | '*';
  /** Default: none. */
  readonly customer?: string;
}

/** Hands out tokens to whoever asks. For development alone. */
export interface DevIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  issueToken(request: TokenRequest): Promise<string>;
  /** `GET /.well-known/jwks.json` and `POST /dev/token?role=...&stores=A,B&customer=...`. */
  readonly routes: readonly Route[];
}

/**
 * Opens the development issuer with its own key pair.
 * @throws {Refusal} FORBIDDEN in production
 */
export async function openDevIssuer(options: DevIssuerOptions): Promise<DevIssuer> {
  if (options.isProduction) {
    throw new Refusal('FORBIDDEN', 'The development issuer is refused in production; configure a real issuer.');
  }
  const privateJwk = await openKey(options);
  const privateKey = (await importJWK(privateJwk, ALGORITHM)) as CryptoKey;
  const { d: _secret, ...publicJwk } = privateJwk;
  const jwks = { keys: [publicJwk] };
  const issueToken = (request: TokenRequest): Promise<string> => sign(request, { privateJwk, privateKey, options });
  return {
    issuer: DEV_ISSUER,
    audience: DEV_AUDIENCE,
    keys: createLocalJWKSet(jwks),
    issueToken,
    routes: [
      { method: 'GET', path: '/.well-known/jwks.json', handle: async () => json(jwks) },
      {
        method: 'POST',
        path: '/dev/token',
        handle: async (request) => {
          const wanted = readTokenRequest(request);
          return json({ role: wanted.role, token: await issueToken(wanted), expiresInMs: DEV_TOKEN_TTL_MS });
        },
      },
    ],
  };
}

interface Signing {
  readonly privateJwk: JWK;
  readonly privateKey: CryptoKey;
  readonly options: DevIssuerOptions;
}

function sign({ role, stores, customer }: TokenRequest, { privateJwk, privateKey, options }: Signing): Promise<string> {
  const nowSeconds = Math.floor(options.clock.nowMs() / 1000);
  const isStaff = role !== 'anonymous' && role !== 'shopper';
  return (
    new SignJWT({
      client_id: `dev-${role}`,
      scope: ROLES[role].join(' '),
      stores: stores ?? (isStaff ? '*' : []),
      ...(customer !== undefined && { customer }),
    })
      .setProtectedHeader({ alg: ALGORITHM, kid: privateJwk.kid ?? '', typ: 'at+jwt' })
      .setIssuer(DEV_ISSUER)
      .setAudience(DEV_AUDIENCE)
      // Two customers are two people: what is kept by subject, such as reservations, must not be shared between them.
      .setSubject(customer === undefined ? `dev-${role}` : `dev-${role}-${customer}`)
      .setJti(options.ids.next())
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + DEV_TOKEN_TTL_MS / 1000)
      .sign(privateKey)
  );
}

function readTokenRequest({ url }: RouteRequest): TokenRequest {
  const role = url.searchParams.get('role') ?? '';
  if (!isRole(role)) {
    const roles = Object.keys(ROLES).join(', ');
    throw new Refusal('BAD_USER_INPUT', `role must be one of ${roles}.`, { field: 'role' });
  }
  const stores = url.searchParams.get('stores');
  const customer = url.searchParams.get('customer');
  return {
    role,
    ...(stores !== null && { stores: stores === '*' ? ('*' as const) : stores.split(',').filter((id) => id !== '') }),
    ...(customer !== null && { customer }),
  };
}

function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

async function openKey({ dataDirectory, ids }: DevIssuerOptions): Promise<JWK> {
  const file = join(dataDirectory, KEY_FILE);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = ids.epoch().slice(0, KEY_ID_LENGTH);
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid, alg: ALGORITHM, use: 'sig' };
  await mkdir(dataDirectory, { recursive: true });
  // Written whole or not at all: half a key would end every later start.
  await writeFile(`${file}.new`, JSON.stringify(jwk), { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return jwk;
}

function json(value: object): RouteResponse {
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: JSON.stringify(value) };
}
