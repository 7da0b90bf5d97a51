import { connectPlainOms } from '../../connectors/oms/plain/connect-plain-oms.ts';
import type { Oms } from '../../connectors/oms/port.ts';
import type { PolledConnection } from '../../connectors/runtime/connection.ts';
import { startOmsSimulator, type OmsSimulator } from '../../connectors/simulators/oms/oms-simulator.ts';
import { warehouseWorker } from '../../connectors/simulators/oms/warehouse-worker.ts';
import type { WmsSimulator } from '../../connectors/simulators/wms/wms-simulator.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { RetailOptions } from '../hub/create-subgraphs.ts';
import type { DemoRetailerOptions } from './start-demo-retailer.ts';

/** Who orchestrates the orders of the shop for homes, which come from the warehouse alone. */
export const DEMO_OMS = { system: 'oms-main', channel: 'HOME-GB', network: 'HOME-GB', location: 'DC-NORTH' } as const;

/** Shared with simulators of this process alone; it guards nothing. */
const SECRET = 'demo-oms-secret';
const TOKEN = 'oms-token';
const NODE = 'north';

/** An OMS that gives the warehouse system its work by itself. */
export function startDemoOms(
  wms: Promise<Pick<WmsSimulator, 'url'>>,
  options: DemoRetailerOptions,
): Promise<OmsSimulator> {
  const access = wms.then(({ url }) => ({ url, accessToken: 'wms-token', warehouse: DEMO_OMS.location }));
  return startOmsSimulator({ nodes: [{ code: NODE, worker: warehouseWorker(access) }], ...options });
}

/** Has it send its webhooks to the hub. */
export function subscribeDemoOms(oms: Pick<OmsSimulator, 'subscribe'>, webhook: (system: string) => string): void {
  oms.subscribe({ url: webhook(DEMO_OMS.system), secret: SECRET });
}

interface DemoOmsSurroundings {
  readonly platform: Platform;
  readonly live: <M extends object>(system: string, given: M) => M;
}

export function connectDemoOms(
  { url }: Pick<OmsSimulator, 'url'>,
  { platform, live }: DemoOmsSurroundings,
): PolledConnection<Oms> {
  return connectPlainOms({
    system: DEMO_OMS.system,
    baseUrl: url,
    accessToken: TOKEN,
    webhookSecret: SECRET,
    mapping: live(DEMO_OMS.system, { locations: { [NODE]: DEMO_OMS.location } }),
    platform,
  });
}

/** The shop for homes. */
export const DEMO_OMS_NETWORK: NonNullable<RetailOptions['networks']>[number] = {
  id: DEMO_OMS.network,
  locations: [DEMO_OMS.location],
};
export const DEMO_OMS_CHANNEL: NonNullable<RetailOptions['channels']>[number] = {
  id: DEMO_OMS.channel,
  network: DEMO_OMS.network,
  currency: 'GBP',
  publishes: 'ATS',
};
export const DEMO_OMS_RULES: NonNullable<RetailOptions['orchestrationRules']> = [
  { channel: DEMO_OMS.channel, system: DEMO_OMS.system },
];
