import type { Static, TSchema } from '@sinclair/typebox';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { PolledConnection } from './connection.ts';

/** What the hub gives a system that it connects. */
export interface VendorSurroundings {
  readonly platform: Platform;
  /** Where the system has to send its webhooks. */
  readonly webhookUrl: string;
  /** Has the feeds read now. */
  readonly requestCatchUp: () => void;
}

export interface ConnectedVendor<Port> {
  readonly connection: PolledConnection<Port>;
  /** Asks the system to send its messages here, or to go on doing so. */
  readonly ensureSubscribed?: () => Promise<void>;
}

/**
 * What `connectors/<kind>/<vendor>/vendor.ts` exports as `vendor`: it is found there, so the file of systems may name
 * the kind and the vendor by their folders.
 */
export interface VendorDefinition<Port> {
  /** What the file says of such a system beside `kind`, `vendor` and `system`; secrets are resolved. */
  readonly options: TSchema;
  /** @param settings fits `options` and bears the name of the system */
  connect(settings: never, surroundings: VendorSurroundings): Promise<ConnectedVendor<Port>>;
}

export function defineVendor<Port, Options extends TSchema>(
  options: Options,
  connect: (
    settings: Static<Options> & { readonly system: string },
    surroundings: VendorSurroundings,
  ) => ConnectedVendor<Port> | Promise<ConnectedVendor<Port>>,
): VendorDefinition<Port> {
  return { options, connect: async (settings, surroundings) => connect(settings, surroundings) };
}
