import type { RetailOptions } from '../hub/create-subgraphs.ts';
import { DEMO_SYSTEMS, DEMO_TAX_RULES, demoRetailOptions, type DemoSystems } from './connect-demo-retailer.ts';
import { demoHandOffs } from './demo-hand-offs.ts';
import { DEMO_OMS_CHANNEL, DEMO_OMS_NETWORK, DEMO_OMS_RULES } from './demo-oms.ts';

/** All that the demo retailer has set, whether its hub is one process or several; tests take the parts that they need. */
export function wholeDemo(retailer: Pick<DemoSystems, 'catalogue'>): RetailOptions {
  const { networks = [], channels = [], ...retail } = demoRetailOptions(retailer);
  return {
    ...retail,
    networks: [...networks, DEMO_OMS_NETWORK],
    channels: [...channels, DEMO_OMS_CHANNEL],
    taxRules: DEMO_TAX_RULES,
    ...demoHandOffs(DEMO_SYSTEMS.erp),
    orchestrationRules: DEMO_OMS_RULES,
  };
}
