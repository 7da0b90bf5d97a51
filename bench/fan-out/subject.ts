import { join } from 'node:path';
import { installPeer } from '../measure/install-peer.ts';
import { startMeasuredProcess } from '../measure/measured-process.ts';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { skuCountOf, type Interests, type PublishArgument } from './change-script.ts';
import type { ClientsArgument, ReceiveArgument, Received } from './clients.ts';
import { canBuildNative, startNativeServer } from './native-server.ts';
import type { ServeArgument } from './serve-argument.ts';

/** A kind of server that is measured. */
export interface ServerKind {
  readonly name: string;
  /** False for one that knows no GraphQL and sends the same to everybody. */
  readonly subscribes: boolean;
  readonly start: (argument: ServeArgument) => Promise<MeasuredProcess>;
}

const fromFile =
  (file: string) =>
  (argument: ServeArgument): Promise<MeasuredProcess> =>
    startMeasuredProcess(join(import.meta.dirname, file), argument, ['--expose-gc']);

export const HUB: ServerKind = { name: 'stockwire', subscribes: true, start: fromFile('serve-hub.ts') };
export const PLAIN: ServerKind = {
  name: 'graphql-ws + graphql-js',
  subscribes: true,
  start: fromFile('serve-plain.ts'),
};
export const MERCURIUS: ServerKind = {
  name: 'mercurius',
  subscribes: true,
  start: (argument) => startMeasuredProcess(installPeer('mercurius-subscriptions'), argument, ['--expose-gc']),
};
export const RAW: ServerKind = {
  name: 'ws, frame built once',
  subscribes: false,
  start: fromFile('serve-raw.ts'),
};
export const NATIVE: ServerKind = { name: 'send() in C', subscribes: false, start: startNativeServer };

/** Those without GraphQL, as far as they can be built here. */
export const limitKinds = (): readonly ServerKind[] => (canBuildNative() ? [RAW, NATIVE] : [RAW]);

/** A server and its clients, each in a process of its own. */
export class Subject {
  readonly name: string;
  readonly server: MeasuredProcess;
  readonly clients: MeasuredProcess;

  constructor(name: string, server: MeasuredProcess, clients: MeasuredProcess) {
    this.name = name;
    this.server = server;
    this.clients = clients;
  }

  static async start(kind: ServerKind, interests: Interests): Promise<Subject> {
    const server = await kind.start({ skuCount: skuCountOf(interests) });
    const argument: ClientsArgument = { url: server.url, interests, subscribes: kind.subscribes };
    try {
      const clients = await startMeasuredProcess(join(import.meta.dirname, 'clients.ts'), argument);
      return new Subject(kind.name, server, clients);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Makes changes and waits until every client has all of its own. */
  async deliver(publish: PublishArgument): Promise<Delivery> {
    const beforeUs = await this.server.cpuUs();
    const publishedAtMs = (await this.server.ask('publish', publish)) as readonly number[];
    const receive: ReceiveArgument = { changesPerEvent: publish.changesPerEvent, publishedAtMs };
    const received = (await this.clients.ask('receive', receive)) as Received;
    const cpuUs = (await this.server.cpuUs()) - beforeUs;
    return { ...received, cpuUs };
  }

  async stop(): Promise<void> {
    await Promise.all([this.server.stop(), this.clients.stop()]);
  }
}

export interface Delivery extends Received {
  /** CPU time of the server. */
  readonly cpuUs: number;
}

/** Starts subjects one after the other, and ends all of them whatever happens. */
export async function withSubjects<Result>(
  kinds: readonly ServerKind[],
  interests: Interests,
  use: (subjects: readonly Subject[]) => Promise<Result>,
): Promise<Result> {
  const subjects: Subject[] = [];
  try {
    for (const kind of kinds) subjects.push(await Subject.start(kind, interests));
    return await use(subjects);
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}
