import { join } from 'node:path';
import { connectPlainMessenger } from '../../connectors/notification/plain/connect-plain-messenger.ts';
import { readTemplates } from '../../connectors/notification/templates/read-templates.ts';
import type { Messenger } from '../../connectors/notification/port.ts';
import type { PolledConnection } from '../../connectors/runtime/connection.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { RetailOptions } from '../hub/create-subgraphs.ts';

/** Who sends the demo retailer's messages, as a source. */
export const DEMO_MESSENGER = 'messages-main';

/** The ERP keeps the orders of both web shops, each for one customer. */
export const DEMO_ERP_ORDERS = {
  customers: { 'WEB-GB': 'C-WEB-GB', 'WEB-IE': 'C-WEB-IE' },
  chargesAccount: '6710',
} as const;

/** Both web shops have their customers told, and their orders kept by an ERP. */
export function demoHandOffs(erp: string): Pick<RetailOptions, 'notificationRules' | 'salesOrderRules'> {
  return {
    notificationRules: [
      { channel: 'WEB-GB', system: DEMO_MESSENGER, language: 'en' },
      { channel: 'WEB-IE', system: DEMO_MESSENGER, language: 'en' },
    ],
    salesOrderRules: [
      { channel: 'WEB-GB', system: erp },
      { channel: 'WEB-IE', system: erp },
    ],
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
