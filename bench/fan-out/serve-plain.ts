import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { ChangeScript, publishPaced } from './change-script.ts';
import type { PublishArgument } from './change-script.ts';
import { plainFrame, plainSdl } from './plain-answers.ts';
import type { ServeArgument } from './serve-argument.ts';
import { SERVER_HANDLERS } from './server-handlers.ts';
import { TopicChannels } from './topic-channels.ts';

/* What one would write first: graphql-ws and graphql-js over the same public schema and the same changes. */
const PATH = '/graphql';
const { skuCount } = measuredArgument() as ServeArgument;
const script = new ChangeScript(skuCount);
const channels = new TopicChannels();

const schema = buildSchema(plainSdl());
const field = schema.getSubscriptionType()?.getFields()['availabilityChanged'];
if (!field) throw new Error('The public schema has no availabilityChanged.');
field.subscribe = (_source, { skus, after }: { readonly skus: readonly string[]; readonly after?: string }) =>
  // Whoever comes back gets nothing but what happens from then on.
  channels.channelOf(skus).read(plainFrame(script, after === undefined ? script.snapshot(skus) : [], true));
const http = createServer();
useServer({ schema }, new WebSocketServer({ server: http, path: PATH }));
http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  serveMeasured(`ws://127.0.0.1:${(http.address() as AddressInfo).port}${PATH}`, {
    ...SERVER_HANDLERS,
    publish: (argument: PublishArgument) =>
      publishPaced(argument, (changes) =>
        channels.publish(script.next(changes).records, (records) => plainFrame(script, records, false)),
      ),
  });
});
