import './require-node.cjs';
import { connectDemoRetailer, demoRetailOptions } from './demo/connect-demo-retailer.ts';
import { printWelcome, welcomeTabs } from './demo/welcome.ts';
import { startDemoRetailer } from './demo/start-demo-retailer.ts';
import { tradeDemoDay } from './demo/trade/trade-demo-day.ts';
import { readConfig } from './hub/config.ts';
import { openHub } from './hub/open-hub.ts';
import { openProcessTelemetry } from './hub/open-process-telemetry.ts';
import { outliveRejections } from './hub/outlive-rejections.ts';
import { describeStartFailure } from './hub/start-failure.ts';
import { stopOnSignal } from './hub/stop-on-signal.ts';

const PACE_MS = 800;
const DRAIN_MS = 500;

async function start(): Promise<void> {
  const config = readConfig(process.env, process.cwd());
  const processTelemetry = await openProcessTelemetry(config.logLevel, process.env);
  const { telemetry } = processTelemetry;
  outliveRejections(telemetry);
  const numbersFrom = Date.now();
  const randomSeed = numbersFrom % 2 ** 31;
  const retailer = await startDemoRetailer({ numbersFrom, randomSeed });
  const hub = await openHub({
    config,
    telemetry,
    retail: demoRetailOptions(retailer),
    connect: (platform, requestCatchUp) =>
      connectDemoRetailer(retailer, { platform, publicUrl: config.publicUrl, requestCatchUp }),
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

start().catch((error: unknown) => {
  console.error(describeStartFailure(error));
  process.exit(1);
});
