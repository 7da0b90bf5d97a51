import { liveMapping } from '../../connectors/runtime/live-mapping.ts';
import { openMappingRegistry } from '../../connectors/runtime/mapping-registry.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { ConnectedSystems } from '../hub/systems.ts';
import type { RetailerSystems } from './read-systems-file.ts';
import type { ConnectedSystem, Ports } from './vendor.ts';
import { VENDORS } from './vendors.ts';

/** Connects the systems of a retailer's file; what is connected already is let go of when one cannot be. */
export async function connectSystems(
  { systems }: RetailerSystems,
  surroundings: { readonly platform: Platform; readonly publicUrl: string; readonly requestCatchUp: () => void },
): Promise<ConnectedSystems> {
  const mappings = await openMappingRegistry({ platform: surroundings.platform });
  const connected: (ConnectedSystem<keyof Ports> & { readonly kind: keyof Ports })[] = [];
  try {
    for (const { vendor, system, settings } of systems) {
      const known = VENDORS[vendor];
      if (!known) throw new Error(`There is no vendor ${vendor}.`);
      const webhookUrl = `${surroundings.publicUrl}/webhooks/${system}`;
      const mapping = liveMapping(settings['mapping'] as object, (domain) => mappings.rowsOf(system, domain));
      const one = await known.connect({ ...settings, mapping } as never, { ...surroundings, webhookUrl });
      connected.push({ kind: known.kind, ...one });
    }
  } catch (error) {
    await Promise.all(connected.map(({ connection }) => connection.close()));
    await mappings.close();
    throw error;
  }
  const of = <Kind extends keyof Ports>(kind: Kind) =>
    connected
      .filter((each): each is ConnectedSystem<Kind> & { readonly kind: Kind } => each.kind === kind)
      .map(({ connection }) => connection);
  const [erp] = of('erp');
  const subscriptions = connected.map(({ ensureSubscribed }) => ensureSubscribed).filter((each) => each !== undefined);
  return {
    mappings,
    ...(erp && { erp }),
    wms: of('wms'),
    pos: of('pos'),
    payments: of('payment'),
    taxes: of('tax'),
    carriers: of('carrier'),
    messengers: of('notification'),
    marketplaces: of('marketplace'),
    oms: of('oms'),
    ensureSubscribed: async () => {
      for (const ensure of subscriptions) await ensure();
    },
  };
}
