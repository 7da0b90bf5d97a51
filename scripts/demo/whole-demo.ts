import type { RetailOptions } from '../hub/create-subgraphs.ts';
import { DEMO_SYSTEMS, DEMO_TAX_RULES, demoRetailOptions, type DemoSystems } from './connect-demo-retailer.ts';
import { demoHandOffs } from './demo-hand-offs.ts';

/** All that the demo retailer has set, whether its hub is one process or several; tests take the parts that they need. */
export function wholeDemo(retailer: Pick<DemoSystems, 'catalogue'>): RetailOptions {
  return { ...demoRetailOptions(retailer), taxRules: DEMO_TAX_RULES, ...demoHandOffs(DEMO_SYSTEMS.erp) };
}
