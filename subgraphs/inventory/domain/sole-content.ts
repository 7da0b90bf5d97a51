import type { Steps } from '../../../kernel/model/quantity.ts';
import { BUCKETS, NONE, type Bucket } from './bucket.ts';
import { stepsOfSerial } from './evolve-tracked-stock.ts';
import type { LedgerState } from './ledger-state.ts';
import type { TrackedLine } from './tracked-line.ts';

/**
 * Which units a decision means that names none: those of the only lot that lies there, or all the serials. Nothing when
 * it could be others, because a guess would look like knowledge.
 */
export function soleContentOf(
  { positions, tracked }: LedgerState,
  place: { readonly sku: number; readonly location: number; readonly bucket: Bucket },
): { readonly lot?: string; readonly serials: readonly string[] } {
  const position = tracked.at(positions.find(place.sku, place.location));
  const bucket = BUCKETS.indexOf(place.bucket);
  if (!position || position.unidentified[bucket] !== 0) return { serials: [] };
  const lots = [...position.lots].filter(([, balances]) => balances[bucket] !== 0);
  const [only] = lots;
  const serials = [...position.serials].filter(([, at]) => at === bucket).map(([serial]) => serial);
  return lots.length === 1 && only ? { lot: only[0], serials } : { serials };
}

/** What a line says of its units, or else what follows from all that lies there. */
export function unitsMeant(
  state: LedgerState,
  line: TrackedLine,
  from: { readonly sku: number; readonly location: number; readonly bucket: Bucket; readonly steps: Steps },
): TrackedLine {
  if (state.skus[from.sku]?.tracking === undefined || from.location === NONE) return {};
  const { lot, serials } = line;
  if (lot !== undefined || serials !== undefined) return line;
  const content = soleContentOf(state, from);
  if (content.lot !== undefined) return { lot: content.lot };
  const isAll = content.serials.length * stepsOfSerial(state, from.sku) === from.steps;
  return isAll ? { serials: content.serials } : {};
}
