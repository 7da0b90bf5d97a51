import { readNatsSettings, type NatsSettings } from '../../kernel/adapters/nats/read-nats-settings.ts';
import { SUBGRAPH_ROLES, type SubgraphRole } from './roles.ts';

/** What a process of some roles is told besides, to find the servers and the other processes. */
export interface DistributedConfig {
  /** Servers of one cluster: `NATS_URL` and the variables beside it. */
  readonly nats: NatsSettings;
  /** With the name of the database; gateways and simulators need none. `MONGODB_URL`. */
  readonly mongoUrl?: string;
  /** Where subgraphs, health and metrics are served beside the edge. `STOCKWIRE_INTERNAL_PORT`. */
  readonly internalPort?: number;
  /** Where other processes reach the subgraphs of this one, without a path. `STOCKWIRE_ADVERTISED_URL`. */
  readonly advertisedUrl?: string;
  /**
   * Processes of each subgraph, by addresses without a path; those of a subgraph that is not named here are found by what
   * they announce. `STOCKWIRE_SUBGRAPHS`.
   */
  readonly subgraphs: ReadonlyMap<SubgraphRole, readonly string[]>;
  /** The process that simulates the outside systems; absent: there are none. `STOCKWIRE_SIMULATORS_URL`. */
  readonly simulatorsUrl?: string;
  /** Where the simulated systems send their messages. `STOCKWIRE_CONNECTORS_URL`. */
  readonly connectorsUrl?: string;
  /** The folder with the key of the development issuer, shared by those who trust it. `STOCKWIRE_ISSUER_DIR`. */
  readonly issuerDirectory?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Undefined without `NATS_URL`; what does not fit is added to `faults`. */
export function readDistributedConfig(env: Env, faults: string[]): DistributedConfig | undefined {
  const nats = readNatsSettings(env, faults);
  if (!nats) return undefined;
  const mongoUrl = env['MONGODB_URL'];
  if (mongoUrl !== undefined && !/^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(mongoUrl)) {
    faults.push('MONGODB_URL must be mongodb://<hosts>/<database>.');
  }
  const internal = env['STOCKWIRE_INTERNAL_PORT'];
  const internalPort = Number(internal);
  if (internal !== undefined && (!Number.isInteger(internalPort) || internalPort < 1 || internalPort > 65_535)) {
    faults.push('STOCKWIRE_INTERNAL_PORT must be a port, 1 to 65535.');
  }
  const issuerDirectory = env['STOCKWIRE_ISSUER_DIR'];
  return {
    nats,
    ...(mongoUrl !== undefined && { mongoUrl }),
    ...(internal !== undefined && { internalPort }),
    subgraphs: readSubgraphs(env['STOCKWIRE_SUBGRAPHS'] ?? '', faults),
    ...urlOf(env, 'STOCKWIRE_ADVERTISED_URL', 'advertisedUrl', faults),
    ...urlOf(env, 'STOCKWIRE_SIMULATORS_URL', 'simulatorsUrl', faults),
    ...urlOf(env, 'STOCKWIRE_CONNECTORS_URL', 'connectorsUrl', faults),
    ...(issuerDirectory !== undefined && { issuerDirectory }),
  };
}

function listOf(text = ''): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function urlOf<Name extends string>(
  env: Env,
  variable: string,
  name: Name,
  faults: string[],
): { readonly [Key in Name]?: string } {
  const url = env[variable];
  if (url === undefined) return {};
  if (!isAddress(url)) faults.push(`${variable} must be http://<host>:<port>.`);
  return { [name]: url } as { readonly [Key in Name]?: string };
}

/** `inventory=http://a:4001,http://b:4001;orders=http://c:4002` */
function readSubgraphs(text: string, faults: string[]): ReadonlyMap<SubgraphRole, readonly string[]> {
  const subgraphs = new Map<SubgraphRole, readonly string[]>();
  for (const entry of text.split(';').filter((part) => part.trim() !== '')) {
    const [name = '', addresses = ''] = entry.split('=', 2);
    const role = SUBGRAPH_ROLES.find((known) => known === name.trim());
    const urls = listOf(addresses);
    if (role && urls.length > 0 && urls.every(isAddress)) subgraphs.set(role, urls);
    else faults.push(`STOCKWIRE_SUBGRAPHS: "${entry}" must be <subgraph>=http://<host>:<port>[,...].`);
  }
  return subgraphs;
}

function isAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).pathname === '/';
}
