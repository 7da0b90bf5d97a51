import type { TSchema } from '@sinclair/typebox';
import type { Carrier } from '../../connectors/carrier/port.ts';
import type { Erp } from '../../connectors/erp/port.ts';
import type { Marketplace } from '../../connectors/marketplace/port.ts';
import type { Messenger } from '../../connectors/notification/port.ts';
import type { Oms } from '../../connectors/oms/port.ts';
import type { PaymentProvider } from '../../connectors/payment/port.ts';
import type { Pos } from '../../connectors/pos/port.ts';
import type { PolledConnection } from '../../connectors/runtime/connection.ts';
import type { TaxSystem } from '../../connectors/tax/port.ts';
import type { Wms } from '../../connectors/wms/port.ts';
import type { Platform } from '../../kernel/ports/platform.ts';

export interface Ports {
  readonly erp: Erp;
  readonly wms: Wms;
  readonly pos: Pos;
  readonly payment: PaymentProvider;
  readonly tax: TaxSystem;
  readonly carrier: Carrier;
  readonly notification: Messenger;
  readonly marketplace: Marketplace;
  readonly oms: Oms;
}

export interface SystemSurroundings {
  readonly platform: Platform;
  /** Where the system has to send its webhooks. */
  readonly webhookUrl: string;
  readonly requestCatchUp: () => void;
}

export interface ConnectedSystem<Kind extends keyof Ports> {
  readonly connection: PolledConnection<Ports[Kind]>;
  /** Asks the system to send its messages here, or to go on doing so. */
  readonly ensureSubscribed?: () => Promise<void>;
}

/** A kind of system of one vendor, as the file of systems may name it. */
export interface Vendor<Kind extends keyof Ports> {
  readonly kind: Kind;
  /** What the file says of such a system beside `kind`, `vendor` and `system`; secrets are resolved. */
  readonly options: TSchema;
  /** @param settings fits `options` and bears the name of the system */
  connect(settings: never, surroundings: SystemSurroundings): Promise<ConnectedSystem<Kind>>;
}
