import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { measuredArgument, serveMeasured } from '../../measure/measured-process.ts';
import type { ServePeerArgument } from '../../storefront/variants.ts';

const { supergraphSdl, identityHeader } = measuredArgument() as ServePeerArgument;
const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource({
      url,
      willSendRequest: ({ request }) => request.http?.headers.set(identityHeader.name, identityHeader.value),
    }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { port: 0, host: '127.0.0.1' },
});
serveMeasured(url);
