import { createHash } from 'node:crypto';
import { leadByLease } from '../../kernel/engine/lead-by-lease.ts';
import { repeatTask } from '../../kernel/engine/repeat-task.ts';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import { parseAs } from '../../kernel/model/json-schema.ts';
import type { Collection, CollectionDefinition, Document } from '../../kernel/ports/documents.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import { changesSinceOf, type ChangesSinceReply } from '../../schema/commands/change-log.ts';
import { offerStock, type OfferStock } from '../../schema/commands/outbound-marketplace.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { Outbound } from '../outbound/open-outbound.ts';
import type { Marketplace } from './port.ts';

export interface StockOfferLimits {
  /** How often it is looked at what has changed. */
  readonly lookMs: number;
  /** Commands that may wait for a marketplace before it is offered more: by then there are newer figures. */
  readonly waitingMax: number;
  /** Longest wait for an answer of the ledger. */
  readonly askTimeoutMs: number;
}

const STOCK_OFFER_LIMITS: StockOfferLimits = { lookMs: 2_000, waitingMax: 200, askTimeoutMs: 10_000 };

export interface StockOffersOptions {
  /** Those that are not to be told are left alone. */
  readonly marketplaces: readonly Pick<Marketplace, 'system' | 'channels' | 'offersStock'>[];
  readonly platform: Pick<Platform, 'clock' | 'documents' | 'ids' | 'lease' | 'rpc' | 'telemetry'>;
  readonly outbound: Pick<Outbound, 'submit' | 'waiting'>;
  /** Those that differ from STOCK_OFFER_LIMITS. */
  readonly limits?: Partial<StockOfferLimits>;
}

/** How far a marketplace was told what a channel may sell. */
interface OfferCursor extends Document {
  readonly epoch: string;
  readonly seq: number;
}

const CURSORS: CollectionDefinition = { name: 'marketplace-offers', indexes: [] };
const KEY_LENGTH_MAX = 150;

/**
 * Tells marketplaces how much may be sold there: all of it first, then whatever has changed. A SKU that changes again while
 * offers wait is offered once, with its newest figure. An offer is in the queue before the cursor passes it.
 */
export async function openStockOffers(options: StockOffersOptions): Promise<{ close(): Promise<void> }> {
  const { platform } = options;
  const limits = { ...STOCK_OFFER_LIMITS, ...options.limits };
  const told = options.marketplaces.filter(({ offersStock }) => offersStock);
  if (told.length === 0) return { close: async () => undefined };
  const cursors = await platform.documents.collection<OfferCursor>(CURSORS);
  const places = told.flatMap(({ system, channels }) => channels.map((channel) => ({ system, channel })));
  const close = leadByLease({
    name: 'connectors-stock-offers',
    platform,
    lead: async () =>
      repeatTask({
        platform,
        pauseMs: limits.lookMs,
        failed: 'stock could not be offered',
        run: async (signal) => {
          for (const place of places) {
            if (!signal.aborted) await offerChanges({ ...options, limits, cursors }, place);
          }
        },
      }),
  });
  return { close };
}

interface Parts extends Omit<StockOffersOptions, 'limits'> {
  readonly limits: StockOfferLimits;
  readonly cursors: Collection<OfferCursor>;
}

interface Place {
  readonly system: string;
  readonly channel: string;
}

/** One marketplace that is in trouble keeps no other waiting. */
async function offerChanges(parts: Parts, place: Place): Promise<void> {
  const { outbound, limits, platform, cursors } = parts;
  const { system, channel } = place;
  if (outbound.waiting(system) >= limits.waitingMax) return;
  try {
    const id = `${system}|${channel}`;
    const known = await cursors.get(id);
    const { epoch, seq, records } = await changesSince(parts, channel, known?.document);
    for (const { value, deleted } of records) {
      const { sku, available } = value as { readonly sku: string; readonly available: string | null };
      const quantity = deleted === true ? '0' : available;
      // A channel that tells bands alone has no figures to offer.
      if (quantity !== null) await submit(parts, { system, at: `${epoch}.${seq}`, offer: { channel, sku, quantity } });
    }
    if (known?.document.epoch === epoch && known.document.seq === seq) return;
    await cursors.save({ id, epoch, seq }, known?.version ?? 0);
  } catch (error) {
    const level = error instanceof Obstacle ? 'info' : 'error';
    platform.telemetry.log(level, 'stock could not be offered', { system, channel, error: String(error) });
  }
}

async function changesSince(
  { platform, limits }: Parts,
  channel: string,
  cursor: OfferCursor | undefined,
): Promise<ChangesSinceReply> {
  const definition = changesSinceOf(availabilityChanged.context);
  const after = cursor && { epoch: cursor.epoch, seq: cursor.seq };
  const request = { event: availabilityChanged.type, filter: { channel: [channel] }, ...(after && { after }) };
  const reply = await platform.rpc.request(rpcSubjectOf(definition.context, definition.name), request, {
    timeoutMs: limits.askTimeoutMs,
    correlationId: platform.ids.next(),
  });
  return parseAs<ChangesSinceReply>(definition.reply, reply, definition.name);
}

interface Offered {
  readonly system: string;
  /** Where the log stands that the figure is of. */
  readonly at: string;
  readonly offer: OfferStock;
}

async function submit({ outbound, platform }: Parts, { system, at, offer }: Offered): Promise<void> {
  const { channel, sku } = offer;
  const command = {
    system,
    key: keyOf(`offer/${channel}/${sku}/${at}`),
    name: offerStock.name,
    lane: 'STOCK',
    group: `${channel}/${sku}`,
    ref: `offer:${channel}/${sku}`.slice(0, KEY_LENGTH_MAX),
    payload: offer,
    correlationId: platform.ids.next(),
  } as const;
  await outbound.submit(command).catch((error: unknown) => {
    // It is in the queue already, from a look whose end was not noted.
    if (!(error instanceof Refusal && error.code === 'IDEMPOTENCY_KEY_REUSED')) throw error;
  });
}

function keyOf(text: string): string {
  return text.length <= KEY_LENGTH_MAX ? text : `offer/${createHash('sha256').update(text).digest('base64url')}`;
}
