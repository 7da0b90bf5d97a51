import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, printSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createQueryPlanner } from '../../gateway/planner/query-planner.ts';
import { formatChangeCursor } from '../../kernel/model/change-cursor.ts';
import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { serveMeasured } from '../measure/measured-process.ts';
import { ChangeScript, publishPaced } from './change-script.ts';
import type { PublishArgument } from './change-script.ts';
import { FrameChannel } from './frame-channel.ts';

/* What one would write first: graphql-ws and graphql-js over the same public schema and the same changes. */
interface Source {
  readonly availabilityChanged: {
    readonly cursor: string;
    readonly reset: boolean;
    readonly changes: readonly object[];
  };
}

const PATH = '/graphql';
const script = new ChangeScript();
const channel = new FrameChannel<Source>();

const schema = createPlainSchema();
const http = createServer();
useServer({ schema }, new WebSocketServer({ server: http, path: PATH }));
http.listen(0, '127.0.0.1', () => {
  serveMeasured(`ws://127.0.0.1:${(http.address() as AddressInfo).port}${PATH}`, {
    publish: (argument: PublishArgument) =>
      publishPaced(argument, (changes) => channel.publish(frameOf(script.next(changes).records, false))),
  });
});

function createPlainSchema(): GraphQLSchema {
  const sdl = readFileSync(new URL('../../schema/graphql/supergraph.graphql', import.meta.url), 'utf8');
  const plain = buildSchema(printSchema(createQueryPlanner(sdl).publicSchema));
  const field = plain.getSubscriptionType()?.getFields()['availabilityChanged'];
  if (!field) throw new Error('The public schema has no availabilityChanged.');
  field.subscribe = () => channel.read(frameOf(script.snapshot(), true));
  return plain;
}

function frameOf(records: readonly ChangeRecord[], reset: boolean): Source {
  const cursor = formatChangeCursor({ context: 'inventory', epoch: script.epoch, seq: script.seq });
  const changes = records.map(({ key, version, value }) => ({
    ...value,
    key,
    version,
    deleted: false,
    sku: { id: value['sku'] },
  }));
  return { availabilityChanged: { cursor, reset, changes } };
}
