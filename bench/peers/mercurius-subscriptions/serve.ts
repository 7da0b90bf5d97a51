import fastify from 'fastify';
import mercurius from 'mercurius';
import { ChangeScript, publishPaced } from '../../fan-out/change-script.ts';
import type { PublishArgument } from '../../fan-out/change-script.ts';
import { plainFrame, plainSdl } from '../../fan-out/plain-answers.ts';
import type { ServeArgument } from '../../fan-out/serve-argument.ts';
import { SERVER_HANDLERS } from '../../fan-out/server-handlers.ts';
import { TopicChannels } from '../../fan-out/topic-channels.ts';
import { measuredArgument, serveMeasured } from '../../measure/measured-process.ts';

const PATH = '/graphql';
const { skuCount } = measuredArgument() as ServeArgument;
const script = new ChangeScript(skuCount);
const channels = new TopicChannels();

interface Arguments {
  readonly skus: readonly string[];
  readonly after?: string;
}

const app = fastify();
await app.register(mercurius, {
  schema: plainSdl(),
  resolvers: {
    Subscription: {
      availabilityChanged: {
        subscribe: (_source: unknown, { skus, after }: Arguments) =>
          channels.channelOf(skus).read(plainFrame(script, after === undefined ? script.snapshot(skus) : [], true)),
      },
    },
  },
  subscription: { fullWsTransport: true },
  path: PATH,
});
const url = await app.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
serveMeasured(`${url.replace('http', 'ws')}${PATH}`, {
  ...SERVER_HANDLERS,
  publish: (argument: PublishArgument) =>
    publishPaced(argument, (changes) =>
      channels.publish(script.next(changes).records, (records) => plainFrame(script, records, false)),
    ),
});
