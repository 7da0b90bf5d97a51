import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IDENTITY_HEADER, signIdentity } from '../../kernel/graphql/identity-header.ts';
import { installPeer } from '../measure/install-peer.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { BENCH_IDENTITY, issueBenchToken } from './bench-token.ts';
import { toPeerSupergraph } from './peer-supergraph.ts';
import type { ServeGatewayArgument } from './serve-gateway.ts';
import type { ServedUrls, UrlByName } from './serve-subgraphs.ts';

/** A gateway that is compared. */
export interface Variant {
  readonly name: string;
  readonly gateway: MeasuredProcess;
  /** The process whose CPU time it spends besides; absent for the one that runs the subgraphs itself. */
  readonly subgraphs?: MeasuredProcess;
}

/** What a peer is started with. */
export interface ServePeerArgument {
  readonly supergraphSdl: string;
  /** Where the same subgraphs answer, for a gateway that reads no supergraph. */
  readonly urls: UrlByName;
  /** The identity of the caller under the hub's signature, made beforehand: peers verify no token and sign nothing. */
  readonly identityHeader: { readonly name: string; readonly value: string };
}

export interface Variants {
  readonly variants: readonly Variant[];
  /** What clients send along. */
  readonly token: string;
  readonly stop: () => Promise<void>;
}

const HOUR_MS = 3_600_000;
const SUPERGRAPH_FILE = new URL('../../schema/graphql/supergraph.graphql', import.meta.url);
const module = (name: string) => join(import.meta.dirname, name);

/** Starts every gateway over the same subgraphs, each in a process of its own. */
export async function startVariants(): Promise<Variants> {
  const identitySecret = randomBytes(32).toString('hex');
  const { token, jwks } = await issueBenchToken();
  const socketFolder = mkdtempSync(join(tmpdir(), 'bench-sockets-'));
  const started: MeasuredProcess[] = [];
  const start = async (file: string, argument: unknown) => {
    const process = await startMeasuredProcess(file, argument);
    started.push(process);
    return process;
  };
  const stop = async () => {
    await Promise.all(started.map((process) => process.stop()));
    rmSync(socketFolder, { recursive: true, force: true });
  };
  try {
    const subgraphs = await start(module('serve-subgraphs.ts'), { identitySecret, socketFolder });
    const urls = (await subgraphs.ask('urls')) as ServedUrls;
    const ours = { jwks, identitySecret } satisfies ServeGatewayArgument;
    const theirs = toPeerArgument(urls.apollo, identitySecret);
    const remote = async (name: string, file: string, argument: unknown): Promise<Variant> => ({
      name,
      gateway: await start(file, argument),
      subgraphs,
    });
    const gateway = module('serve-gateway.ts');
    const variants: Variant[] = [
      await remote('stockwire, Apollo subgraphs', gateway, { ...ours, urls: urls.apollo }),
      await remote('stockwire, lean subgraphs', gateway, { ...ours, urls: urls.lean }),
      await remote('stockwire, lean over sockets', gateway, { ...ours, urls: urls.socket }),
      { name: 'stockwire, in process', gateway: await start(gateway, ours) },
      await remote('@apollo/gateway', installPeer('apollo'), theirs),
      await remote('@graphql-hive/gateway-runtime', installPeer('hive'), theirs),
      await remote('@mercuriusjs/gateway', installPeer('mercurius-gateway'), theirs),
    ];
    return { variants, token, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toPeerArgument(urls: UrlByName, identitySecret: string): ServePeerArgument {
  return {
    supergraphSdl: toPeerSupergraph(readFileSync(SUPERGRAPH_FILE, 'utf8'), urls),
    urls,
    identityHeader: {
      name: IDENTITY_HEADER,
      value: signIdentity(BENCH_IDENTITY, identitySecret, Date.now() + HOUR_MS),
    },
  };
}
