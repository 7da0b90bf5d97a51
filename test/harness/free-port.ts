import { createServer } from 'node:net';
import { testConfig } from '../../kernel/testing/config.ts';

/**
 * Below those that operating systems give out by themselves (on Linux from 32,768 on), so that no connection and no server
 * of the same machine is given one between the look and its use.
 */
const PORTS_FROM = 20_000;
/** Of each process that runs tests at the same time. */
const PORTS_EACH = 1_000;
const WORKERS_MAX = 12;

const ownFrom = PORTS_FROM + (testConfig().worker % WORKERS_MAX) * PORTS_EACH;
let next = Date.now();

/** A port that is free: webhooks are signed over an address that must be known before the hub listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PORTS_EACH; tries++) {
    const port = ownFrom + (next++ % PORTS_EACH);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${PORTS_EACH} ports from ${ownFrom} on is free.`);
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
