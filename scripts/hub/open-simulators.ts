import { startDemoRetailer, type DemoRetailer } from '../demo/start-demo-retailer.ts';
import { DEMO_SYSTEMS_PATH, describeDemoSystems, subscribeDemoSystems } from './demo-systems.ts';
import type { DistributedConfig } from './read-distributed-config.ts';

export interface OpenedSimulators {
  readonly retailer: DemoRetailer;
  /** What other processes must know of the systems, by path. */
  readonly told: Readonly<Record<string, () => object>>;
}

/** The outside systems of the demo retailer, in this process. */
export async function openSimulators(
  { connectorsUrl }: Pick<DistributedConfig, 'connectorsUrl'>,
  opened: AsyncDisposableStack,
): Promise<OpenedSimulators> {
  const numbersFrom = Date.now();
  const retailer = await startDemoRetailer({ numbersFrom, randomSeed: numbersFrom % 2 ** 31 });
  opened.defer(() => retailer.close());
  if (connectorsUrl !== undefined) subscribeDemoSystems(retailer, connectorsUrl);
  const systems = describeDemoSystems(retailer);
  return { retailer, told: { [DEMO_SYSTEMS_PATH]: () => systems } };
}
