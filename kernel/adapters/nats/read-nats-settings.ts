import type { NatsConnectionOptions } from './nats-connection.ts';
import { NATS_LIMITS } from './nats-limits.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type NatsSettings = Pick<
  NatsConnectionOptions,
  'servers' | 'monitorUrls' | 'credentials' | 'systemCredentials' | 'limits' | 'prefix'
>;

const REPLICAS = [1, 3, 5];
/** Below it leaders lose their leases to the pauses of any machine; above it nobody would wait. */
const LEASE_TTL_MS = { min: 1_000, max: 60_000 } as const;

/**
 * How the environment names the servers: NATS_URL and NATS_MONITOR_URL (several joined by commas), NATS_USER and
 * NATS_PASSWORD or NATS_TOKEN, NATS_SYSTEM_USER and NATS_SYSTEM_PASSWORD, NATS_REPLICAS, NATS_LEASE_TTL_MS,
 * NATS_PREFIX.
 * @param faults is added what does not fit
 * @returns nothing without NATS_URL
 */
export function readNatsSettings(env: Environment, faults: string[]): NatsSettings | undefined {
  const servers = listOf(env['NATS_URL']);
  if (servers.length === 0) return undefined;
  const monitorUrls = listOf(env['NATS_MONITOR_URL']);
  for (const url of [...servers, ...monitorUrls]) {
    if (!URL.canParse(url)) faults.push(`NATS_URL and NATS_MONITOR_URL hold addresses, not "${url}".`);
  }
  const replicas = Number(env['NATS_REPLICAS'] ?? '1');
  if (!REPLICAS.includes(replicas)) faults.push('NATS_REPLICAS must be 1, 3 or 5.');
  const leaseTtlMs = Number(env['NATS_LEASE_TTL_MS'] ?? NATS_LIMITS.leaseTtlMs);
  if (!Number.isInteger(leaseTtlMs) || leaseTtlMs < LEASE_TTL_MS.min || leaseTtlMs > LEASE_TTL_MS.max) {
    faults.push(`NATS_LEASE_TTL_MS must be ${LEASE_TTL_MS.min} to ${LEASE_TTL_MS.max}.`);
  }
  const { NATS_TOKEN: token, NATS_PREFIX: prefix } = env;
  const user = userOf(env, 'NATS');
  const systemUser = userOf(env, 'NATS_SYSTEM');
  return {
    servers,
    monitorUrls,
    limits: { replicas, leaseTtlMs },
    ...(token === undefined ? user && { credentials: user } : { credentials: { token } }),
    ...(systemUser && { systemCredentials: systemUser }),
    ...(prefix !== undefined && { prefix }),
  };
}

function userOf(env: Environment, prefix: string): { readonly user: string; readonly pass: string } | undefined {
  const user = env[`${prefix}_USER`];
  return user === undefined ? undefined : { user, pass: env[`${prefix}_PASSWORD`] ?? '' };
}

const listOf = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
