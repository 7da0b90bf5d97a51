import { Obstacle } from '../../kernel/model/errors.ts';
import { NO_REGISTER } from '../../schema/commands/sales.ts';
import type { RegisterDay } from '../pos/port.ts';
import type { PostingParts } from './posting-parts.ts';
import type { SalesDayDocument } from './sales-documents.ts';
import { registerName, type StoreReceipt } from './store-receipt.ts';

type Place = Pick<SalesDayDocument, 'location' | 'businessDay' | 'currency'>;

/**
 * Receipts with the registers at which they were written, where their POS knows them and the facts did not say so.
 * @throws {Obstacle} while the POS does not answer and the oldest receipt has not waited long enough
 */
export async function registersOfReceipts(
  parts: PostingParts,
  day: Place,
  receipts: readonly StoreReceipt[],
): Promise<readonly StoreReceipt[]> {
  if (receipts.every(({ register }) => register !== NO_REGISTER)) return receipts;
  const registers = await registersByNumber(parts, day).catch((error: unknown) => {
    const { clock, telemetry } = parts.platform;
    const oldestMs = Math.min(...receipts.map(({ takenAtMs }) => takenAtMs));
    const hasWaited = clock.nowMs() - oldestMs >= parts.limits.registersWaitMs;
    if (!(error instanceof Obstacle) || !hasWaited) throw error;
    telemetry.log('warn', 'Sales are posted without their registers.', { ...day, error: error.message });
    return new Map<string, string>();
  });
  return receipts.map((receipt) =>
    receipt.register === NO_REGISTER
      ? { ...receipt, register: registers.get(receipt.number) ?? registers.get(paperOf(receipt)) ?? NO_REGISTER }
      : receipt,
  );
}

/** What the tills themselves say of a day, in its currency; undefined where no POS runs the store. */
export async function askTills(
  { pos }: Pick<PostingParts, 'pos'>,
  { location, businessDay, currency }: Place,
): Promise<readonly RegisterDay[] | undefined> {
  const estates = pos.filter(({ locations }) => locations.includes(location));
  if (estates.length === 0) return undefined;
  const days = await Promise.all(estates.map((estate) => estate.registerDays(location, businessDay)));
  return days.flat().filter((day) => day.currency === currency);
}

async function registersByNumber(parts: PostingParts, day: Place): Promise<ReadonlyMap<string, string>> {
  const told = (await askTills(parts, day)) ?? [];
  return new Map(
    told.flatMap(({ register, receipts }) => receipts.map((number) => [number, registerName(register)] as const)),
  );
}

/** The second and later returns on one paper have a number of their own. */
function paperOf({ kind, number }: StoreReceipt): string {
  return kind === 'RETURN' ? number.replace(/\/\d+$/, '') : number;
}
