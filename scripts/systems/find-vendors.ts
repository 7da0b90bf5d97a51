import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { VendorDefinition } from '../../connectors/runtime/vendor-definition.ts';
import type { Ports, Vendor } from './vendor.ts';

/** Kinds whose vendors are found by their folders. */
const KINDS = ['erp', 'wms', 'pos'] as const satisfies readonly (keyof Ports)[];
/** What new connectors are made from; no system of anybody. */
const TEMPLATE = 'template';

/** The vendors below a folder of connectors that say of themselves what they need, by `kind/vendor`. */
export async function findVendors(connectors: string): Promise<Readonly<Record<string, Vendor<keyof Ports>>>> {
  const found: Record<string, Vendor<keyof Ports>> = {};
  for (const kind of KINDS) {
    for (const name of readdirSync(join(connectors, kind)).sort()) {
      const file = join(connectors, kind, name, 'vendor.ts');
      if (name === TEMPLATE || !existsSync(file)) continue;
      const { vendor } = (await import(pathToFileURL(file).href)) as { readonly vendor?: VendorDefinition<never> };
      if (vendor === undefined) throw new Error(`${file} exports no vendor.`);
      const { options } = vendor;
      found[`${kind}/${name}`] = { kind, options, connect: (settings, around) => vendor.connect(settings, around) };
    }
  }
  return found;
}
