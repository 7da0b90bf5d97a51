import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Rpc } from '../../kernel/ports/rpc.ts';
import type { CommandDefinition, ReplyOf, RequestOf } from '../../schema/commands/command-definition.ts';
import { repostSales, salesDays, type SalesDaysReply } from '../../schema/commands/sales.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { describeDay } from './describe-day.ts';
import type { PostingParts } from './posting-parts.ts';
import type { SalesBatch, SalesDayDocument } from './sales-documents.ts';
import { allOf, changeDocument } from './sales-store.ts';

/** Answers operators. @returns stops it */
export function serveSales(parts: PostingParts): () => void {
  const { rpc } = parts.platform;
  const stops = [
    serve(rpc, salesDays, (asked) => daysOf(parts, asked)),
    serve(rpc, repostSales, async (asked) => ({ batches: await repost(parts, asked) })),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Answers where no ERP takes sales, so that nobody waits in vain. @returns stops it */
export function serveNoSales({ rpc }: { readonly rpc: Rpc }): () => Promise<void> {
  const stops = [
    serve(rpc, salesDays, async () => ({ days: [] })),
    serve(rpc, repostSales, async () => ({ batches: 0 })),
  ];
  return async () => stops.forEach((stop) => stop());
}

function serve<Definition extends CommandDefinition>(
  rpc: Rpc,
  definition: Definition,
  answer: (request: RequestOf<Definition>) => Promise<ReplyOf<Definition>>,
): () => void {
  return rpc.serve(rpcSubjectOf(definition.context, definition.name), ({ payload }) =>
    answer(parseAs<RequestOf<Definition>>(definition.request, payload, definition.name)),
  );
}

interface Asked {
  readonly location: string;
  readonly businessDay: string;
}

async function daysOf({ store, system }: PostingParts, { location, businessDay }: Asked): Promise<SalesDaysReply> {
  const days = await store.daysOf(location, businessDay);
  return {
    days: await Promise.all(
      days.map(async ({ document: day }) => {
        const batches = (await store.batchesOf(day.id)).map(({ document }) => document);
        const receipts = (await allOf(store.receipts, { group: { eq: day.id } })).map(({ document }) => document);
        return describeDay({ system, day, batches, receipts });
      }),
    ),
  };
}

/** What the ERP refused is handed over once more, what was taken becomes a batch, and the day counts as over. */
async function repost({ store, limits, platform }: PostingParts, { location, businessDay }: Asked): Promise<number> {
  let reposted = 0;
  for (const { document: day } of await store.daysOf(location, businessDay)) {
    for (const { document: batch } of await store.batchesOf(day.id)) {
      if (batch.status !== 'REFUSED') continue;
      await changeDocument(store.batches, batch.id, {
        attemptsMax: limits.saveAttemptsMax,
        change: (known): SalesBatch | undefined =>
          known?.status === 'REFUSED'
            ? { ...known, status: 'QUEUED', attempt: known.attempt + 1, changedAtMs: platform.clock.nowMs() }
            : known,
      });
      reposted++;
    }
    await changeDocument(store.days, day.id, {
      attemptsMax: limits.saveAttemptsMax,
      change: (known): SalesDayDocument | undefined =>
        known && {
          ...known,
          status: 'OPEN',
          isEnded: true,
          closesNow: true,
          changes: known.changes + 1,
          changedAtMs: platform.clock.nowMs(),
        },
    });
  }
  return reposted;
}
