import { createHash } from 'node:crypto';
import { normaliseOnlineRetail } from '../../connectors/file/online-retail/normalise-online-retail.ts';
import { ONLINE_RETAIL_DEFAULTS } from '../../connectors/file/online-retail/online-retail-options.ts';
import type { InboundMessage } from '../../connectors/runtime/inbound.ts';
import { goodsReceived } from '../../schema/events/inbox.ts';
import type { HubClient } from '../client/hub-client.ts';
import { awaitProgress } from './await-hub.ts';
import { handIn, handInDocuments, REPLAY_SOURCES, type Tally } from './hand-in.ts';
import { closingQuantity, openingQuantity, turnoverOf, type Turnover } from './opening-stock.ts';
import { readOnHand } from './read-on-hand.ts';
import type { SelectedRows } from './select-rows.ts';
import { registerPlaces, REPLAY_PLACES } from './register-places.ts';

export interface ReplayProgress {
  /** Called once, before the first row. */
  begin(rows: number): void;
  advance(rows: number): void;
  end(): void;
}

export interface ReplayResult {
  readonly rows: number;
  readonly items: number;
  readonly tally: Tally;
  /** Pieces over all SKUs and locations. */
  readonly opening: number;
  readonly sold: number;
  readonly returned: number;
  readonly adjusted: number;
  readonly onHand: number;
  /** Positions whose stock in the public graph is not opening - sold + returned + adjusted. */
  readonly unbalanced: readonly {
    readonly position: string;
    readonly expected: number;
    readonly found: number | undefined;
  }[];
  readonly positions: number;
}

const DAY_MS = 86_400_000;
const DIGEST_LENGTH = 12;
const LINES_PER_RECEIPT = 500;
const SKUS_PER_QUESTION = 200;

/**
 * Hands a file in through the front door of a hub, as the systems behind it would have sent it, and holds the stock in
 * the public graph against the file. The same file again changes nothing; an interrupted replay is completed by another.
 */
export async function replayFile(
  hub: HubClient,
  { rows, name }: SelectedRows,
  progress: ReplayProgress,
): Promise<ReplayResult> {
  const { storeLocation, webLocation, webChannel } = REPLAY_PLACES;
  const options = { ...ONLINE_RETAIL_DEFAULTS, storeLocation, webLocation, webChannel };
  const file = normaliseOnlineRetail(rows, options);
  const turnovers = [...turnoverOf(file.documents.map(({ message }) => message)).values()];
  const openedMs = Math.min(...file.items.map(({ occurredAtMs }) => occurredAtMs)) - DAY_MS;
  await registerPlaces(hub, openedMs);
  await handIn(hub, REPLAY_SOURCES.items, file.items);
  await awaitRegistration(hub, turnovers);
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_LENGTH);
  await handIn(hub, REPLAY_SOURCES.opening, openingReceipts(turnovers, { digest, openedMs }));
  await awaitOpening(hub, turnovers);
  progress.begin(file.rows);
  const tally = await handInDocuments(hub, file.documents, (rows) => progress.advance(rows));
  progress.end();
  return { rows: file.rows, items: file.items.length, tally, ...(await balance(hub, turnovers)) };
}

/** Inventory knows a SKU when it can say what may be sold of it. */
async function awaitRegistration(hub: HubClient, turnovers: readonly Turnover[]): Promise<void> {
  const question =
    'query Known($skus: [ID!]!, $channel: ID!) { availability(skus: $skus, channel: $channel) { band } }';
  const skus = [...new Set(turnovers.map(({ sku }) => sku))];
  for (let from = 0; from < skus.length; from += SKUS_PER_QUESTION) {
    const asked = skus.slice(from, from + SKUS_PER_QUESTION);
    await awaitProgress('the items', async () => {
      const variables = { skus: asked, channel: REPLAY_PLACES.webChannel };
      const { availability } = await hub.graphql<{ availability: readonly unknown[] }>(question, variables);
      const known = availability.filter((each) => each !== null).length;
      return { done: known === asked.length, progress: known };
    });
  }
}

function openingReceipts(
  turnovers: readonly Turnover[],
  { digest, openedMs }: { readonly digest: string; readonly openedMs: number },
): readonly InboundMessage[] {
  return [...Map.groupBy(turnovers, ({ location }) => location)].flatMap(([location, own]) => {
    const lines = own
      .map((turnover) => ({ lineId: turnover.sku, sku: turnover.sku, quantity: String(openingQuantity(turnover)) }))
      .filter(({ quantity }) => quantity !== '0');
    const receipts = Math.ceil(lines.length / LINES_PER_RECEIPT);
    return Array.from({ length: receipts }, (_, index) => ({
      eventId: `${digest}/${location}/${index + 1}`,
      definition: goodsReceived,
      occurredAtMs: openedMs,
      data: {
        location,
        reference: `opening-${digest}`,
        lines: lines.slice(index * LINES_PER_RECEIPT, (index + 1) * LINES_PER_RECEIPT),
      },
    }));
  });
}

/** Sales that came before their opening stock would be told as shortages. */
async function awaitOpening(hub: HubClient, turnovers: readonly Turnover[]): Promise<void> {
  const opened = turnovers.filter((turnover) => openingQuantity(turnover) > 0);
  await awaitProgress('the opening stock', async () => {
    const onHand = await readOnHand(hub, locationsOf(turnovers));
    const there = opened.filter(({ sku, location }) => onHand.has(`${sku}|${location}`)).length;
    return { done: there === opened.length, progress: there };
  });
}

async function balance(
  hub: HubClient,
  turnovers: readonly Turnover[],
): Promise<Omit<ReplayResult, 'rows' | 'items' | 'tally'>> {
  let onHand: ReadonlyMap<string, number> = new Map();
  const unbalanced = () =>
    turnovers.flatMap((turnover) => {
      const position = `${turnover.sku}|${turnover.location}`;
      const [expected, found] = [closingQuantity(turnover), onHand.get(position)];
      return expected === (found ?? 0) ? [] : [{ position, expected, found }];
    });
  try {
    await awaitProgress('the stock to balance', async () => {
      onHand = await readOnHand(hub, locationsOf(turnovers));
      const stock = [...onHand.values()].reduce((sum, each) => sum + each, 0);
      return { done: unbalanced().length === 0, progress: stock };
    });
  } catch {
    // What does not balance is said by name.
  }
  const total = (of: (turnover: Turnover) => number) => turnovers.reduce((sum, turnover) => sum + of(turnover), 0);
  return {
    opening: total(openingQuantity),
    sold: total(({ sold }) => sold),
    returned: total(({ returned }) => returned),
    adjusted: total(({ adjusted }) => adjusted),
    onHand: [...onHand.values()].reduce((sum, each) => sum + each, 0),
    unbalanced: unbalanced(),
    positions: turnovers.length,
  };
}

function locationsOf(turnovers: readonly Turnover[]): readonly string[] {
  return [...new Set(turnovers.map(({ location }) => location))];
}
