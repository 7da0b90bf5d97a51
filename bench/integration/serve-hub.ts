import { openBareHub } from '../../test/harness/open-bare-hub.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';

/* A whole hub over embedded storage in a process of its own. */
const { stores } = measuredArgument() as { readonly stores: readonly string[] };
const hub = await openBareHub({
  networks: [{ id: 'ALL', locations: stores }],
  channels: [{ id: 'WEB', network: 'ALL', currency: 'GBP', publishes: 'ATS' }],
});

serveMeasured(hub.url, {
  token: () => hub.tokenOf('integrator'),
  close: () => hub[Symbol.asyncDispose](),
});
