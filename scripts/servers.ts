import './require-node.cjs';
import { findMongo } from './servers/find-mongo.ts';
import { findNats } from './servers/find-nats.ts';

/** Finds or makes the servers that tests of several processes need, and says which ones they are. */
function servers(): number {
  const nats = findNats();
  const mongo = findMongo();
  console.log(`NATS: ${nats ? `nats-server ${nats.version} (${nats.from}: ${nats.binary})` : 'none'}`);
  if (process.env['NATS_URL'] !== undefined) console.log(`NATS for the contracts: ${process.env['NATS_URL']}`);
  console.log(`MongoDB: ${mongo.tier === 'none' ? `none: ${mongo.description}` : mongo.description}`);
  if (!nats) console.error('No nats-server: put one on the PATH, name it by NATS_SERVER, or install Go.');
  return nats && mongo.tier !== 'none' ? 0 : 1;
}

process.exitCode = servers();
