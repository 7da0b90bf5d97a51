import { stockTold, type Claim, type Reading, type Records } from './records.ts';

export interface World {
  readonly skus: readonly string[];
  /** Whose stock is sold. */
  readonly onlineLocations: readonly string[];
}

/**
 * What must not be, in words: an acknowledgement that is gone, a movement that counts twice or not at all, more promised
 * than there is. Everybody must have asked again for what was not answered, or what counts is unknown.
 */
export function findFaults(records: Records, reading: Reading, world: World): readonly string[] {
  return [...lostClaims(records, reading), ...wrongStock(records, reading), ...wrongPromises(records, reading, world)];
}

/** Acknowledged, and not there as it was acknowledged. */
function lostClaims({ claims }: Records, reading: Reading): readonly string[] {
  return claims.flatMap((claim) => {
    if (claim.id === undefined) return [];
    const held = reading.claims.get(claim.key);
    const isThere = held?.id === claim.id && held.units === claim.units && isInState(claim, held.status);
    return isThere ? [] : [`${claim.kind} ${claim.key} was acknowledged, and is now ${held?.status ?? 'unknown'}.`];
  });
}

function isInState(claim: Claim, status: string): boolean {
  if (claim.kind === 'order') return status !== 'CANCELLED' && status !== 'REJECTED';
  const expected = { ASKED: undefined, DONE: 'CANCELLED', none: 'ACTIVE' }[claim.cancelled ?? 'none'];
  return expected === undefined || expected === status;
}

function wrongStock(records: Records, { onHand }: Reading): readonly string[] {
  return [...stockTold(records)].flatMap(([shelf, units]) => {
    const held = onHand.get(shelf) ?? 0;
    return held === units ? [] : [`${shelf} holds ${held} units; the messages say ${units}.`];
  });
}

function wrongPromises(records: Records, { available }: Reading, { skus, onlineLocations }: World): readonly string[] {
  const told = stockTold(records);
  return skus.flatMap((sku) => {
    const stock = onlineLocations.reduce((sum, location) => sum + (told.get(`${location} ${sku}`) ?? 0), 0);
    const open = records.claims.filter((claim) => claim.sku === sku && claim.id !== undefined && !claim.cancelled);
    const promised = open.reduce((sum, { units }) => sum + units, 0);
    const faults = promised > stock ? [`${sku}: ${promised} units are promised and ${stock} are there.`] : [];
    available.forEach((offered, gateway) => {
      const left = offered.get(sku);
      if (left === stock - promised) return;
      faults.push(`${sku}: gateway ${gateway + 1} offers ${left} units instead of ${stock - promised}.`);
    });
    return faults;
  });
}
