import { connectDemoRetailer } from '../demo/connect-demo-retailer.ts';
import { startDemoRetailer } from '../demo/start-demo-retailer.ts';
import { tradeDemoDay } from '../demo/trade/trade-demo-day.ts';
import { printWelcome, welcomeTabs } from '../demo/welcome.ts';
import { wholeDemo } from '../demo/whole-demo.ts';
import type { HubConfig } from './config.ts';
import { openHub } from './open-hub.ts';
import type { ProcessTelemetry } from './open-process-telemetry.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const PACE_MS = 800;
const DRAIN_MS = 500;

/** The whole hub with a simulated retailer that trades, until a signal ends it. */
export async function startDemo(config: HubConfig, processTelemetry: ProcessTelemetry): Promise<void> {
  const { telemetry } = processTelemetry;
  const numbersFrom = Date.now();
  const randomSeed = numbersFrom % 2 ** 31;
  const retailer = await startDemoRetailer({ numbersFrom, randomSeed });
  const hub = await openHub({
    config,
    telemetry,
    retail: wholeDemo(retailer),
    connect: (platform, requestCatchUp) =>
      connectDemoRetailer(retailer, { platform, publicUrl: config.publicUrl, requestCatchUp, offersStock: true }),
    // One laptop is no herd.
    subscriptionLimits: { drainMs: DRAIN_MS },
    graphiqlTabs: ({ devIssuer }) => welcomeTabs(devIssuer),
  });
  const issuer = hub.auth.devIssuer;
  await printWelcome(hub.url, issuer);
  const day = `D${numbersFrom.toString(36).toUpperCase()}`;
  const tell = (sentence: string) => console.log(`${new Date().toISOString().slice(11, 19)}  ${sentence}`);
  const demoDay =
    issuer && (await tradeDemoDay({ hubUrl: hub.url, retailer, issuer, paceMs: PACE_MS, randomSeed, day, tell }));
  stopOnSignal(async () => {
    console.log('Stopping: finishing what is under way.');
    await demoDay?.close();
    await hub.close();
    await retailer.close();
    await processTelemetry.close();
  });
}
