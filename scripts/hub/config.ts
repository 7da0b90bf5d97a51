import { isAbsolute, resolve } from 'node:path';
import { IDENTITY_SECRET_LENGTH_MIN } from '../../kernel/graphql/identity-header.ts';
import { readDistributedConfig, type DistributedConfig } from './read-distributed-config.ts';
import { readRpcConfig, type RpcConfig } from './read-rpc-config.ts';
import { readFolders, type WatchedFolderConfig } from './read-folders.ts';
import { readOrdersConfig, type OrdersConfig } from './read-orders-config.ts';
import { readOperationsConfig, type OperationsConfig } from './read-operations-config.ts';
import { readRetention, type Retention } from './read-retention.ts';

/** Who signs the tokens that the hub accepts. */
export type IssuerConfig =
  /** The hub's own issuer for development, with one token per role. */
  | { readonly kind: 'development' }
  | { readonly kind: 'external'; readonly issuer: string; readonly audience: string; readonly jwksUrl: string };

/** Everything that a process of the hub is told by its environment. */
export interface HubConfig {
  /** Address to listen on. `STOCKWIRE_HOST`, default 127.0.0.1. */
  readonly host: string;
  /** `STOCKWIRE_PORT`, default 4000. */
  readonly port: number;
  /** Where the embedded storage lives. `STOCKWIRE_DATA_DIR`, default `data` under the working directory. */
  readonly dataDirectory: string;
  /** `STOCKWIRE_LOG_LEVEL`: debug, info, warn or error; default info. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** The JSON file that names the outside systems; absent: the simulated demo retailer. `STOCKWIRE_SYSTEMS`. */
  readonly systemsFile?: string;
  /** The JSON file with limits, origins, documents and contracts; absent: the defaults. `STOCKWIRE_EDGE`. */
  readonly edgeFile?: string;
  /** The supergraph file of the hub's subgraphs and others; absent: of the hub's alone. `STOCKWIRE_SUPERGRAPH`. */
  readonly supergraphFile?: string;
  /** The address under which outside systems reach this process, without a path. `STOCKWIRE_PUBLIC_URL`. */
  readonly publicUrl: string;
  /** NODE_ENV is `production`. */
  readonly isProduction: boolean;
  readonly issuer: IssuerConfig;
  /** Signs the identity that the gateway passes on; absent: a random one per process. `STOCKWIRE_IDENTITY_SECRET`. */
  readonly identitySecret?: string;
  /** Absent: other processes ask through GraphQL alone. `STOCKWIRE_RPC_LISTEN`, `STOCKWIRE_RPC_SECRET`. */
  readonly rpc?: RpcConfig;
  /** What answers that are the same for everybody may take in memory; 0: none is kept. `STOCKWIRE_CACHE_BYTES`. */
  readonly cacheBytesMax: number;
  /** Folders whose files are taken in, each for a source. `STOCKWIRE_FOLDERS`: `source=path`, separated by commas. */
  readonly folders: readonly WatchedFolderConfig[];
  /** `STOCKWIRE_FOUR_EYES_ABOVE_MINOR`, `STOCKWIRE_ESCALATE_HOURS`. */
  readonly operations: OperationsConfig;
  /** `STOCKWIRE_PLACEMENT_TTL_MINUTES`. */
  readonly orders: OrdersConfig;
  /** How long what is over is kept. `STOCKWIRE_RETENTION_DAYS`. */
  readonly retention: Retention;
  /** Where processes of roles find the servers and each other; absent: everything runs in one process. */
  readonly distributed?: DistributedConfig;
}

/** Every fault of the environment at once. */
export class ConfigFaults extends Error {
  constructor(faults: readonly string[]) {
    super(`The configuration does not fit:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'ConfigFaults';
  }
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * A pure function of the environment.
 * @throws {ConfigFaults} naming every variable that does not fit
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, workingDirectory: string): HubConfig {
  const faults: string[] = [];
  const port = Number(env['STOCKWIRE_PORT'] ?? '4000');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) faults.push('STOCKWIRE_PORT must be a port, 1 to 65535.');
  const logLevel = LOG_LEVELS.find((level) => level === (env['STOCKWIRE_LOG_LEVEL'] ?? 'info'));
  if (!logLevel) faults.push(`STOCKWIRE_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  const secret = env['STOCKWIRE_IDENTITY_SECRET'];
  if (secret !== undefined && secret.length < IDENTITY_SECRET_LENGTH_MIN) {
    faults.push(`STOCKWIRE_IDENTITY_SECRET must have at least ${IDENTITY_SECRET_LENGTH_MIN} characters.`);
  }
  const host = env['STOCKWIRE_HOST'] ?? '127.0.0.1';
  const publicUrl = env['STOCKWIRE_PUBLIC_URL'] ?? `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  if (!URL.canParse(publicUrl)) faults.push('STOCKWIRE_PUBLIC_URL must be a URL.');
  const cacheBytesMax = Number(env['STOCKWIRE_CACHE_BYTES'] ?? '0');
  if (!Number.isSafeInteger(cacheBytesMax) || cacheBytesMax < 0)
    faults.push('STOCKWIRE_CACHE_BYTES must be a number, 0 or more.');
  const path = (text: string) => (isAbsolute(text) ? text : resolve(workingDirectory, text));
  const folders = readFolders(env['STOCKWIRE_FOLDERS'] ?? '', { path, faults });
  const operations = readOperationsConfig(env, faults);
  const orders = readOrdersConfig(env, faults);
  const retention = readRetention(env['STOCKWIRE_RETENTION_DAYS'] ?? '', faults);
  const issuer = readIssuer(env, faults);
  const rpc = readRpcConfig(env, faults);
  const distributed = readDistributedConfig(env, faults);
  if (faults.length > 0 || !logLevel) throw new ConfigFaults(faults);
  return {
    host,
    port,
    publicUrl,
    isProduction: env['NODE_ENV'] === 'production',
    dataDirectory: path(env['STOCKWIRE_DATA_DIR'] ?? 'data'),
    logLevel,
    ...(env['STOCKWIRE_SYSTEMS'] !== undefined && { systemsFile: path(env['STOCKWIRE_SYSTEMS']) }),
    ...(env['STOCKWIRE_EDGE'] !== undefined && { edgeFile: path(env['STOCKWIRE_EDGE']) }),
    ...(env['STOCKWIRE_SUPERGRAPH'] !== undefined && { supergraphFile: path(env['STOCKWIRE_SUPERGRAPH']) }),
    issuer,
    ...(secret !== undefined && { identitySecret: secret }),
    cacheBytesMax,
    folders,
    operations,
    orders,
    retention,
    ...(rpc && { rpc }),
    ...(distributed && {
      distributed: {
        ...distributed,
        ...(distributed.issuerDirectory !== undefined && { issuerDirectory: path(distributed.issuerDirectory) }),
      },
    }),
  };
}

function readIssuer(env: Readonly<Record<string, string | undefined>>, faults: string[]): IssuerConfig {
  const issuer = env['STOCKWIRE_ISSUER'];
  const audience = env['STOCKWIRE_AUDIENCE'];
  const jwksUrl = env['STOCKWIRE_JWKS_URL'];
  const given = [issuer, audience, jwksUrl].filter((value) => value !== undefined && value !== '').length;
  if (issuer && audience && jwksUrl) {
    if (!URL.canParse(jwksUrl)) faults.push('STOCKWIRE_JWKS_URL must be a URL.');
    return { kind: 'external', issuer, audience, jwksUrl };
  }
  if (given > 0) faults.push('STOCKWIRE_ISSUER, STOCKWIRE_AUDIENCE and STOCKWIRE_JWKS_URL go together.');
  if (given === 0 && env['NODE_ENV'] === 'production') {
    faults.push(
      'With NODE_ENV=production the development issuer is refused: set STOCKWIRE_ISSUER, STOCKWIRE_AUDIENCE and STOCKWIRE_JWKS_URL.',
    );
  }
  return { kind: 'development' };
}
