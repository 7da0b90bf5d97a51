import mercuriusGateway from '@mercuriusjs/gateway';
import fastify from 'fastify';
import { readFileSync } from 'node:fs';
import { measuredArgument, serveMeasured } from '../../measure/measured-process.ts';
import { toFederationOne } from '../../storefront/to-federation-one.ts';
import type { ServePeerArgument } from '../../storefront/variants.ts';

const { urls, identityHeader } = measuredArgument() as ServePeerArgument;
const readSdl = (name: string) =>
  readFileSync(new URL(`../../../schema/graphql/${name}.graphql`, import.meta.url), 'utf8');
const sdls = toFederationOne(Object.fromEntries(Object.keys(urls).map((name) => [name, readSdl(name)])));
const app = fastify();
await app.register(mercuriusGateway, {
  // Compiles an operation when it is asked for the first time.
  jit: 1,
  gateway: {
    services: Object.entries(urls).map(([name, url]) => ({
      name,
      url,
      schema: sdls[name] ?? '',
      mandatory: true,
      rewriteHeaders: () => ({ [identityHeader.name]: identityHeader.value }),
    })),
  },
});
serveMeasured(`${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
