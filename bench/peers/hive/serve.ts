import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { measuredArgument, serveMeasured } from '../../measure/measured-process.ts';
import type { ServePeerArgument } from '../../storefront/variants.ts';

const { supergraphSdl, identityHeader } = measuredArgument() as ServePeerArgument;
const runtime = createGatewayRuntime({
  supergraph: supergraphSdl,
  // The query planner in Rust, the quicker of the two that the runtime knows.
  unifiedGraphHandler,
  propagateHeaders: { fromClientToSubgraphs: () => ({ [identityHeader.name]: identityHeader.value }) },
  logging: false,
});
const server = createServer(runtime);
server.listen(0, '127.0.0.1', () => {
  serveMeasured(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
});
