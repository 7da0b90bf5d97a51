import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import { readEvent } from '../../kernel/model/read-told.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import { locationRecorded, returnRecorded, storeSaleRecorded } from '../../schema/events/inbox.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { endOfBusinessDay } from './business-day.ts';
import type { PostingParts } from './posting-parts.ts';
import type { SalesDayDocument } from './sales-documents.ts';
import { changeDocument } from './sales-store.ts';
import { receiptOfReturn, receiptOfSale, type StoreReceipt } from './store-receipt.ts';

/** Begins to take in what stores sell, from now on when it is opened for the first time, and what is known of stores. */
export function takeSales(parts: PostingParts): Promise<readonly Consumer[]> {
  const { platform, limits } = parts;
  const { concurrencyMax, deliveriesMax, backoffMinMs, backoffMaxMs } = limits;
  const bounds = { concurrencyMax, deliveriesMax, backoffMinMs, backoffMaxMs };
  const stream = streamOf('inbox');
  return Promise.all([
    platform.streams.consume({
      durable: 'sales-posting-stores',
      stream,
      types: [locationRecorded.type],
      from: 'first',
      ...bounds,
      handle: ({ envelope }) => takeZone(parts, envelope),
    }),
    platform.streams.consume({
      durable: 'sales-posting',
      stream,
      types: [storeSaleRecorded.type, returnRecorded.type],
      from: 'new',
      ...bounds,
      handle: ({ envelope }) => takeReceipt(parts, envelope),
    }),
  ]);
}

/** A later word on the zone counts for receipts that are not dated yet. */
async function takeZone({ store, masters, limits }: PostingParts, envelope: EventEnvelope): Promise<void> {
  const { location, timeZone } = readEvent(locationRecorded, envelope);
  await changeDocument(store.zones, location, {
    attemptsMax: limits.saveAttemptsMax,
    change: (known) => (known?.timeZone === timeZone ? known : { id: location, timeZone }),
  });
  masters.forgetZone(location);
}

/** Delivered again, it changes nothing but that its day is looked at once more. */
async function takeReceipt(parts: PostingParts, envelope: EventEnvelope): Promise<void> {
  const receipt = receiptOf(envelope, parts.platform.clock.nowMs());
  if (!receipt) return;
  const { store, masters } = parts;
  const known = await store.receipts.get(receipt.id);
  const complete = known?.document ?? (await masters.complete(receipt));
  if (!known) await saveNew(parts, complete);
  if (complete.group !== '') await touchDay(parts, complete);
}

function receiptOf(envelope: EventEnvelope, takenAtMs: number): StoreReceipt | undefined {
  const { system, eventId } = envelope.source;
  const told = { id: `${system}|${eventId}`, occurredAtMs: Date.parse(envelope.occurredAt), takenAtMs };
  if (envelope.type === storeSaleRecorded.type) return receiptOfSale(readEvent(storeSaleRecorded, envelope), told);
  return receiptOfReturn(readEvent(returnRecorded, envelope), told);
}

async function saveNew({ store }: PostingParts, receipt: StoreReceipt): Promise<void> {
  try {
    await store.receipts.save(receipt, 0);
  } catch (error) {
    // Another delivery was quicker.
    if (!(error instanceof DocumentConflict)) throw error;
  }
}

/**
 * Has a receipt's day looked at. It comes after the receipt was saved: a day is settled only when nobody has touched it since
 * its receipts were read.
 */
export async function touchDay(parts: PostingParts, receipt: StoreReceipt): Promise<void> {
  const { store, limits, masters, platform } = parts;
  const { group: id, location, businessDay, currency } = receipt;
  const timeZone = (await masters.zoneOf(location)) ?? 'UTC';
  await changeDocument(store.days, id, {
    attemptsMax: limits.saveAttemptsMax,
    change: (known): SalesDayDocument => ({
      ...(known ?? {
        id,
        location,
        businessDay,
        currency,
        endsAtMs: endOfBusinessDay(businessDay, timeZone),
        isEnded: false,
        closesNow: false,
        compared: null,
      }),
      status: 'OPEN',
      changes: (known?.changes ?? 0) + 1,
      takenSince: (known?.takenSince ?? 0) + 1,
      changedAtMs: platform.clock.nowMs(),
    }),
  });
}

/** Tries again what waited for something to be known. @returns how many are through */
export async function takeWaiting(parts: PostingParts): Promise<number> {
  const { store, limits, masters } = parts;
  const waiting = await store.receipts.find({
    where: { status: { eq: 'WAITING' } },
    orderBy: { path: 'takenAtMs', direction: 'asc' },
    limit: limits.waitingPerRound,
  });
  let through = 0;
  for (const { document, version } of waiting) {
    const complete = await masters.complete(document);
    if (complete.status === 'WAITING' && complete.waitsFor === document.waitsFor) continue;
    await store.receipts.save(complete, version);
    if (complete.group !== '') await touchDay(parts, complete);
    if (complete.status === 'TAKEN') through++;
  }
  return through;
}
