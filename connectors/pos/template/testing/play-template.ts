import { FAKE, startFakeTemplate } from './fake-template.ts';

/** Plays the vendor on a port of this machine until it is stopped: `npx node connectors/pos/template/testing/play-template.ts`. */
const PORT = 9403;
const EVERY_MS = 5_000;

const fake = await startFakeTemplate({ port: PORT });
setInterval(() => fake.sell({ lines: [{ sku: FAKE.piece, quantity: '1' }] }), EVERY_MS);
console.log(`Template answers at ${fake.url}. Token: ${FAKE.token}. Secret of webhooks: ${FAKE.secret}.`);
