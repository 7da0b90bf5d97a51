import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Collection, Document, Documents, OutboxEvent, Query, Versioned } from '../../kernel/ports/documents.ts';
import { FIND_LIMIT_MAX } from '../../kernel/ports/documents.ts';
import type { SalesBatch, SalesDayDocument } from './sales-documents.ts';
import type { StoreReceipt } from './store-receipt.ts';

interface StoreZone extends Document {
  readonly timeZone: string;
}

/** Everything that the posting of sales remembers. */
export class SalesStore {
  readonly receipts: Collection<StoreReceipt>;
  readonly batches: Collection<SalesBatch>;
  readonly days: Collection<SalesDayDocument>;
  readonly zones: Collection<StoreZone>;

  private constructor(collections: Pick<SalesStore, 'receipts' | 'batches' | 'days' | 'zones'>) {
    this.receipts = collections.receipts;
    this.batches = collections.batches;
    this.days = collections.days;
    this.zones = collections.zones;
  }

  static async open(documents: Documents): Promise<SalesStore> {
    const [receipts, batches, days, zones] = await Promise.all([
      documents.collection<StoreReceipt>({
        name: 'sales-posting-receipts',
        indexes: [{ paths: ['group', 'status', 'takenAtMs'] }, { paths: ['status', 'takenAtMs'] }],
      }),
      documents.collection<SalesBatch>({
        name: 'sales-posting-batches',
        indexes: [{ paths: ['group', 'sequence'] }, { paths: ['status', 'closedAtMs'] }],
      }),
      documents.collection<SalesDayDocument>({
        name: 'sales-posting-days',
        indexes: [{ paths: ['status', 'changedAtMs'] }, { paths: ['location', 'businessDay'] }],
      }),
      documents.collection<StoreZone>({ name: 'sales-posting-zones', indexes: [] }),
    ]);
    return new SalesStore({ receipts, batches, days, zones });
  }

  /** Those of a group that belong to no batch yet, the first that was taken first. */
  async takenOf(group: string, max: number): Promise<readonly Versioned<StoreReceipt>[]> {
    const found: Versioned<StoreReceipt>[] = [];
    while (found.length < max) {
      const last = found.at(-1)?.document;
      const limit = Math.min(FIND_LIMIT_MAX, max - found.length);
      const page = await this.receipts.find({
        where: { group: { eq: group }, status: { eq: 'TAKEN' } },
        orderBy: { path: 'takenAtMs', direction: 'asc' },
        limit,
        ...(last && { after: { id: last.id, value: last.takenAtMs } }),
      });
      found.push(...page);
      if (page.length < limit) break;
    }
    return found;
  }

  /** All of a group in one state. */
  allReceiptsOf(group: string, status: StoreReceipt['status']): Promise<readonly Versioned<StoreReceipt>[]> {
    return allOf(this.receipts, { group: { eq: group }, status: { eq: status } });
  }

  /** In the order of their sequence. */
  async batchesOf(group: string): Promise<readonly Versioned<SalesBatch>[]> {
    const batches = await allOf(this.batches, { group: { eq: group } });
    return batches.toSorted((left, right) => left.document.sequence - right.document.sequence);
  }

  daysOf(location: string, businessDay: string): Promise<readonly Versioned<SalesDayDocument>[]> {
    return this.days.find({
      where: { location: { eq: location }, businessDay: { eq: businessDay } },
      limit: FIND_LIMIT_MAX,
    });
  }
}

/** Page by page, in the order of their ids. */
export async function allOf<D extends Document>(
  collection: Collection<D>,
  where: NonNullable<Query['where']>,
  max = Number.MAX_SAFE_INTEGER,
): Promise<readonly Versioned<D>[]> {
  const found: Versioned<D>[] = [];
  for (;;) {
    const last = found.at(-1)?.document.id;
    const after = last === undefined ? {} : { after: { id: last, value: null } };
    const page = await collection.find({ where, limit: FIND_LIMIT_MAX, ...after });
    found.push(...page);
    if (page.length < FIND_LIMIT_MAX || found.length >= max) return found;
  }
}

/**
 * Changes a document as it is by then, as often as somebody else was quicker. `change` gives back the same object to leave it.
 * @throws {DocumentConflict} when somebody else was quicker too often
 */
export async function changeDocument<D extends Document>(
  collection: Collection<D>,
  id: string,
  {
    attemptsMax,
    change,
    outboxOf = () => [],
  }: {
    readonly attemptsMax: number;
    readonly change: (known: D | undefined) => D | undefined;
    readonly outboxOf?: (saved: D) => readonly OutboxEvent[];
  },
): Promise<D | undefined> {
  for (let attempt = 1; ; attempt++) {
    const known = await collection.get(id);
    const after = change(known?.document);
    if (after === undefined || after === known?.document) return after;
    try {
      await collection.save(after, known?.version ?? 0, outboxOf(after));
      return after;
    } catch (error) {
      if (!(error instanceof DocumentConflict) || attempt >= attemptsMax) throw error;
    }
  }
}
