import { FAKE, startFakeTemplate } from './fake-template.ts';

/** Plays the vendor on a port of this machine until it is stopped: `npx node connectors/erp/template/testing/play-template.ts`. */
const PORT = 9401;
const EVERY_MS = 5_000;

const fake = await startFakeTemplate({ port: PORT });
// It has its goods already; somebody renames one now and then.
let ordinal = 0;
setInterval(() => {
  ordinal += 1;
  const sku = FAKE.skus[ordinal % FAKE.skus.length] ?? '';
  fake.putItem(sku, { name: `Goods ${sku}, edition ${ordinal}` });
}, EVERY_MS);
console.log(`Template answers at ${fake.url}. Token: ${FAKE.token}. Secret of webhooks: ${FAKE.secret}.`);
