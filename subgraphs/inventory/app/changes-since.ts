import { Obstacle, Refusal } from '../../../kernel/model/errors.ts';
import type { ChangeRecord } from '../../../kernel/ports/change-feed.ts';
import type { ChangesSinceReply, ChangesSinceRequest } from '../../../schema/commands/change-log.ts';
import { availabilityChanged, nodeAvailabilityChanged, positionChanged } from '../../../schema/events/inventory.ts';
import { channelTermsOf } from '../domain/availability.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';
import { availabilityRecord, nodeAvailabilityRecord, positionRecord } from './change-records.ts';
import { nodeOf } from './change-publisher.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ledger } from './ledger.ts';

/**
 * Everything of an event and filter that changed since a position, from memory.
 *
 * The version of a key is the last change of what its value follows from: of a position, its own last change; of the
 * availability of a SKU in a channel, the last change of anything of the SKU or of the channel's network and rules. That
 * is never earlier than the last change of the value itself, so a reader who continues misses nothing and may at most
 * get a value again that it knows; and it costs 8 bytes for each position and SKU instead of one entry for each key.
 * Versions of the change feed are changes of the value, thus never later, and a later one is always higher.
 */
export function changesSince(
  ledger: Ledger,
  request: ChangesSinceRequest,
  limits: Pick<InventoryLimits, 'changesSinceRecordsMax'>,
): ChangesSinceReply | Promise<ChangesSinceReply> {
  const list = LISTS[request.event];
  if (!list) throw new Refusal('BAD_USER_INPUT', `Inventory keeps no state of ${request.event}.`, { field: 'event' });
  return ledger.read((state, seq) => {
    const { after } = request;
    const isContinued = after?.epoch === ledger.epoch;
    if (isContinued && after.seq > seq) {
      throw new Obstacle('NOT_CAUGHT_UP', 'This process has not seen that change yet.', { seq });
    }
    const search: Search = { state, filter: request.filter, afterSeq: isContinued ? after.seq : NONE };
    const records: ChangesSinceReply['records'] = [];
    for (const record of list(search)) {
      const answered = filtered(search, record, isContinued);
      if (answered) records.push(answered);
      if (records.length <= limits.changesSinceRecordsMax) continue;
      const { changesSinceRecordsMax: max } = limits;
      throw new Refusal('LIMIT_EXCEEDED', `More than ${max} records match; narrow the filter.`, { max });
    }
    return { epoch: ledger.epoch, seq, reset: !isContinued, records };
  });
}

interface Search {
  readonly state: LedgerState;
  readonly filter: ChangesSinceRequest['filter'];
  /** Records of a later version are wanted. */
  readonly afterSeq: number;
}

const LISTS: Readonly<Record<string, ((search: Search) => Iterable<ChangeRecord>) | undefined>> = {
  [positionChanged.type]: listPositions,
  [availabilityChanged.type]: listAvailabilities,
  [nodeAvailabilityChanged.type]: listNodeAvailabilities,
};

/** A key whose SKU may have left the categories of the filter is told as deleted; to delete it twice does no harm. */
function filtered(
  { filter }: Search,
  record: ChangeRecord,
  isContinued: boolean,
): ChangesSinceReply['records'][number] | undefined {
  const failing = Object.keys(filter).filter((field) => !matches(record.value[field], filter[field] ?? []));
  if (failing.length === 0) return record as ChangesSinceReply['records'][number];
  if (!isContinued || failing.some((field) => field !== 'categories')) return undefined;
  const { event, key, version, value } = record;
  const keyFields = ['sku', 'location', 'channel'].filter((field) => field in value);
  return {
    event,
    key,
    version,
    deleted: true,
    value: Object.fromEntries(keyFields.map((field) => [field, value[field]])),
  };
}

function matches(value: unknown, accepted: readonly string[]): boolean {
  return Array.isArray(value)
    ? value.some((one) => accepted.includes(one as string))
    : accepted.includes(String(value));
}

function* listPositions(search: Search): Iterable<ChangeRecord> {
  const { state, afterSeq } = search;
  for (const row of rowsOf(search)) {
    const version = versionOfRow(state, row);
    if (version > afterSeq) yield positionRecord(state, row, version);
  }
}

function* listNodeAvailabilities(search: Search): Iterable<ChangeRecord> {
  const { state, afterSeq } = search;
  const channels = channelsOf(search);
  for (const row of rowsOf(search)) {
    for (const channel of channels) {
      const version = Math.max(versionOfRow(state, row), channel.changedSeq);
      const available = version > afterSeq ? nodeOf(state, row, channel) : undefined;
      if (available !== undefined) yield nodeAvailabilityRecord(state, { row, channel, available }, version);
    }
  }
}

function* listAvailabilities(search: Search): Iterable<ChangeRecord> {
  const { state, afterSeq } = search;
  const channels = channelsOf(search);
  for (const sku of skusOf(search)) {
    for (const channel of channels) {
      const version = Math.max(state.skuSeqs[sku] ?? 0, channel.changedSeq);
      if (version <= afterSeq) continue;
      yield availabilityRecord(state, { sku, channel, ...channelTermsOf(state, sku, channel) }, version);
    }
  }
}

function versionOfRow({ positions, skus }: LedgerState, row: number): number {
  return Math.max(positions.changedSeqOf(row), skus[positions.skuOf(row)]?.settingsSeq ?? 0);
}

/** The registered SKUs that the filter names, or all. */
function* skusOf({ state, filter }: Search): Iterable<number> {
  for (const id of filter['sku'] ?? state.skuIds.toTexts()) {
    const sku = state.skuIds.find(id);
    if (sku !== undefined && state.skus[sku]) yield sku;
  }
}

/** The shortest way to the positions of a filter: by SKU, else by location, else all. */
function* rowsOf(search: Search): Iterable<number> {
  const { positions, locationIds } = search.state;
  if (search.filter['sku'] || !search.filter['location']) {
    for (const sku of skusOf(search)) {
      for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) yield row;
    }
    return;
  }
  for (const id of search.filter['location']) {
    const location = locationIds.find(id) ?? NONE;
    for (let row = positions.firstOfLocation(location); row !== NONE; row = positions.nextOfLocation(row)) yield row;
  }
}

function channelsOf({ state, filter }: Search): readonly ChannelRecord[] {
  const { channels } = state.territory;
  if (!filter['channel']) return [...channels.values()];
  return filter['channel'].map((id) => channels.get(id)).filter((channel) => channel !== undefined);
}
