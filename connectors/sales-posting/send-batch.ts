import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import { readEvent } from '../../kernel/model/read-told.ts';
import type { Consumer } from '../../kernel/ports/streams.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import { postSales, type PostSalesReply } from '../../schema/commands/sales.ts';
import { commandSettled } from '../../schema/events/outbound.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import type { OutboundCommand, Submission } from '../outbound/port.ts';
import type { PostingParts } from './posting-parts.ts';
import type { SalesBatch, SalesDayDocument } from './sales-documents.ts';
import { changeDocument } from './sales-store.ts';

/** Hands a batch to the ERP's queue, behind everything that customers wait for, and takes in what became of it. */
export async function sendBatch(parts: PostingParts, batch: SalesBatch): Promise<void> {
  await settleBatch(parts, batch.id, await parts.outbound.submit(commandOf(parts, batch)));
}

/** Begins to hear what becomes of batches. */
export function hearSettled(parts: PostingParts): Promise<Consumer> {
  const { platform, limits } = parts;
  const { concurrencyMax, deliveriesMax, backoffMinMs, backoffMaxMs } = limits;
  return platform.streams.consume({
    durable: 'sales-posting-settled',
    stream: streamOf('outbound'),
    types: [commandSettled.type],
    from: 'first',
    concurrencyMax,
    deliveriesMax,
    backoffMinMs,
    backoffMaxMs,
    handle: ({ envelope }) => settled(parts, envelope),
  });
}

async function settled(parts: PostingParts, envelope: EventEnvelope): Promise<void> {
  const { name, ref, key, status, message } = readEvent(commandSettled, envelope);
  if (name !== postSales.name) return;
  const batch = (await parts.store.batches.get(ref))?.document;
  if (!batch || keyOf(batch) !== key) return;
  if (status === 'DEAD') return settleBatch(parts, ref, { status, message: message ?? '' });
  // The queue tells what it came to.
  await sendBatch(parts, batch);
}

async function settleBatch(
  parts: PostingParts,
  id: string,
  outcome: Submission | { readonly status: 'DEAD'; readonly message: string },
): Promise<void> {
  if (outcome.status === 'WAITING') return;
  const { store, limits, platform } = parts;
  const { telemetry } = platform;
  let isNew = false;
  const saved = await changeDocument(store.batches, id, {
    attemptsMax: limits.saveAttemptsMax,
    change: (known) => {
      isNew = known !== undefined && known.status !== outcome.status && known.status !== 'DONE';
      return known && isNew ? { ...known, ...endOf(outcome), changedAtMs: platform.clock.nowMs() } : known;
    },
  });
  if (!saved) return;
  if (isNew) telemetry.count('sales_batches_total', { system: parts.system, status: outcome.status });
  await changeDocument(store.days, saved.group, {
    attemptsMax: limits.saveAttemptsMax,
    change: (day): SalesDayDocument | undefined =>
      day && { ...day, status: 'OPEN', changes: day.changes + 1, changedAtMs: platform.clock.nowMs() },
  });
}

function endOf(
  outcome: Exclude<Submission, { readonly status: 'WAITING' }> | { readonly status: 'DEAD'; readonly message: string },
): Pick<SalesBatch, 'status' | 'document' | 'reason'> {
  if (outcome.status === 'DONE') {
    const { document } = parseAs<PostSalesReply>(postSales.reply, outcome.result, 'reply');
    return { status: 'DONE', document, reason: null };
  }
  return { status: outcome.status, document: null, reason: outcome.message };
}

function commandOf({ system }: PostingParts, batch: SalesBatch): OutboundCommand {
  const { id, payload } = batch;
  return {
    system,
    key: keyOf(batch),
    name: postSales.name,
    lane: 'FINANCE',
    // The batches of a store go one after the other.
    group: `sales:${payload.location}`,
    ref: id,
    payload,
    correlationId: id,
  };
}

function keyOf({ id, attempt }: Pick<SalesBatch, 'id' | 'attempt'>): string {
  return `sales|${id}|${attempt}`;
}
