import { FAKE, startFakeTemplate } from './fake-template.ts';

/** Plays the vendor on a port of this machine until it is stopped: `npx node connectors/wms/template/testing/play-template.ts`. */
const PORT = 9402;
const EVERY_MS = 5_000;

const fake = await startFakeTemplate({ port: PORT });
let ordinal = 0;
setInterval(() => {
  ordinal += 1;
  fake.count(FAKE.skus[ordinal % FAKE.skus.length] ?? '', String(100 + ordinal));
}, EVERY_MS);
console.log(`Template answers at ${fake.url}. Token: ${FAKE.token}. Secret of webhooks: ${FAKE.secret}.`);
