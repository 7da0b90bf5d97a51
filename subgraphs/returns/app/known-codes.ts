import { Refusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals } from '../../../kernel/model/quantity.ts';
import type { ReturnsParts } from './returns-parts.ts';
import type { KnownSku } from './returns-store.ts';

/**
 * The decimals of the steps of SKUs.
 * @throws {Refusal} UNKNOWN_SKU naming the first one that is not registered
 */
export async function decimalsOf(parts: ReturnsParts, skus: readonly string[]): Promise<Map<string, StepDecimals>> {
  return new Map(Array.from(await knownSkusOf(parts, skus), ([id, { decimals }]) => [id, decimals]));
}

/**
 * What is known of SKUs.
 * @throws {Refusal} UNKNOWN_SKU naming the first one that is not registered
 */
export async function knownSkusOf({ store }: ReturnsParts, skus: readonly string[]): Promise<Map<string, KnownSku>> {
  const known = new Map((await store.skus.getMany(skus)).map(({ document }) => [document.id, document]));
  const unknown = skus.find((sku) => !known.has(sku));
  if (unknown !== undefined) throw new Refusal('UNKNOWN_SKU', `No SKU ${unknown} is registered.`, { sku: unknown });
  return known;
}

/** @throws {Refusal} UNKNOWN_LOCATION */
export async function assertLocation({ store }: ReturnsParts, location: string): Promise<void> {
  if (await store.locations.get(location)) return;
  throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
}

/** @throws {Refusal} UNKNOWN_LOCATION, or NOT_SOLD_HERE when the location takes no returns */
export async function assertTakesReturns({ store }: ReturnsParts, location: string): Promise<void> {
  const known = await store.locations.get(location);
  if (!known) throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
  if (known.document.takesReturns) return;
  throw new Refusal('NOT_SOLD_HERE', `${location} takes no returns.`, { location, capability: 'RETURN' });
}
