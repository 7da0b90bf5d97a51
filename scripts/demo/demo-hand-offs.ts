import { join } from 'node:path';
import { connectPlainMessenger } from '../../connectors/notification/plain/connect-plain-messenger.ts';
import { readTemplates } from '../../connectors/notification/templates/read-templates.ts';
import type { Messenger } from '../../connectors/notification/port.ts';
import type { PolledConnection } from '../../connectors/runtime/connection.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { DEMO_OMS } from './demo-oms.ts';
import { DEMO_MARKETPLACES } from './demo-marketplaces.ts';
import type { RetailOptions } from '../hub/create-subgraphs.ts';

/** Who sends the demo retailer's messages, as a source. */
export const DEMO_MESSENGER = 'messages-main';

/** The ERP keeps the orders of all web shops and both marketplaces, for one customer in each country. */
export const DEMO_ERP_ORDERS = {
  customers: {
    'WEB-GB': 'C-WEB-GB',
    'WEB-IE': 'C-WEB-IE',
    [DEMO_OMS.channel]: 'C-WEB-GB',
    [DEMO_MARKETPLACES.british.channel]: 'C-WEB-GB',
    [DEMO_MARKETPLACES.irish.channel]: 'C-WEB-IE',
  },
  chargesAccount: '6710',
} as const;

/** All web shops have their customers told; marketplaces write to theirs by themselves. The ERP keeps the orders of all. */
export function demoHandOffs(erp: string): Pick<RetailOptions, 'notificationRules' | 'salesOrderRules'> {
  return {
    notificationRules: [
      { channel: 'WEB-GB', system: DEMO_MESSENGER, language: 'en' },
      { channel: 'WEB-IE', system: DEMO_MESSENGER, language: 'en' },
      { channel: DEMO_OMS.channel, system: DEMO_MESSENGER, language: 'en' },
    ],
    salesOrderRules: Object.keys(DEMO_ERP_ORDERS.customers).map((channel) => ({ channel, system: erp })),
  };
}

export function connectDemoMessenger(
  { url }: { readonly url: string },
  platform: Platform,
): PolledConnection<Messenger> {
  return connectPlainMessenger({
    system: DEMO_MESSENGER,
    baseUrl: url,
    accessToken: 'messages-token',
    templates: readTemplates(join(import.meta.dirname, 'messages')),
    platform,
  });
}
