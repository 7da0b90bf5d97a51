import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import { handleFact } from './handle-fact.ts';
import type { ReturnsParts } from './returns-parts.ts';
import type { ParkedFact } from './returns-store.ts';

/**
 * Applies a fact, or parks it when it names a code that is not registered, or a unit that its SKU is not known by. The code may be registered in between, so it
 * is looked up once more after the parking: either that look or the registration finds the fact.
 */
export async function handleOrPark(parts: ReturnsParts, envelope: EventEnvelope): Promise<void> {
  const missing = await missingCodeOf(parts, envelope);
  if (missing === undefined) return;
  await parkAndLook(parts, envelope, missing);
}

async function parkAndLook(parts: ReturnsParts, envelope: EventEnvelope, missing: string): Promise<void> {
  await park(parts, envelope, missing);
  if (await isRegistered(parts, missing)) await unparkFacts(parts, missing);
}

/** Takes up the facts that waited for a code. One that misses another code waits for that. */
export async function unparkFacts(parts: ReturnsParts, missing: string): Promise<void> {
  const { store, limits } = parts;
  let after: string | undefined;
  do {
    const rows = await store.parked.find({
      where: { missing: { eq: missing } },
      limit: limits.parkedPage,
      ...(after !== undefined && { after: { id: after, value: null } }),
    });
    for (const { document, version } of rows) {
      if (!(await isHandled(parts, document))) continue;
      // Parked anew under another code means another version, which must stay.
      await store.parked.delete(document.id, version).catch(ignoreConflict);
    }
    after = rows.length === limits.parkedPage ? rows.at(-1)?.document.id : undefined;
  } while (after !== undefined);
}

/** A fact that is refused for another reason stays parked as evidence and does not hold up the others. */
async function isHandled(parts: ReturnsParts, { envelope, missing }: ParkedFact): Promise<boolean> {
  try {
    const stillMissing = await missingCodeOf(parts, envelope);
    // A SKU that is registered may still not be known by the unit of the fact.
    if (stillMissing === missing) return false;
    if (stillMissing !== undefined) await parkAndLook(parts, envelope, stillMissing);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { telemetry } = parts.platform;
    telemetry.count('returns_parked_facts_refused_total', { code: error.code });
    telemetry.log('warn', 'a parked fact was refused', { missing, eventId: envelope.id, code: error.code });
    return false;
  }
}

export const skuCode = (sku: string): string => `sku:${sku}`;
export const locationCode = (location: string): string => `location:${location}`;

/** @returns the code that the fact waits for, undefined when it was applied */
async function missingCodeOf(parts: ReturnsParts, envelope: EventEnvelope): Promise<string | undefined> {
  try {
    await handleFact(parts, envelope);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'UNKNOWN_SKU') return skuCode(String(error.details['sku']));
    if (error.code === 'INVALID_QUANTITY' && 'unit' in error.details) return skuCode(String(error.details['sku']));
    if (error.code === 'UNKNOWN_LOCATION') return locationCode(String(error.details['location']));
    throw error;
  }
}

async function park({ store, platform }: ReturnsParts, envelope: EventEnvelope, missing: string): Promise<void> {
  const known = await store.parked.get(envelope.id);
  if (known?.document.missing === missing) return;
  platform.telemetry.count('returns_facts_parked_total');
  platform.telemetry.log('warn', 'a fact waits for a code to be registered', { missing, type: envelope.type });
  await store.parked.save({ id: envelope.id, missing, envelope }, known?.version ?? 0).catch(ignoreConflict);
}

async function isRegistered({ store }: ReturnsParts, missing: string): Promise<boolean> {
  const code = missing.slice(missing.indexOf(':') + 1);
  const known = missing === skuCode(code) ? await store.skus.get(code) : await store.locations.get(code);
  return known !== undefined;
}

/** Somebody else handles the same fact at the same time; one of both is enough. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof DocumentConflict)) throw error;
}
