import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Inbound, UnreadableMessage, WebhookReceiver, WebhookRequest } from '../../runtime/inbound.ts';
import { InvalidSignature, isSameSecret } from '../../runtime/signature.ts';
import { ENTITY_SETS, isOneOfIds, type BusinessCentralApi, type EntitySet } from './business-central-api.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import { Notifications } from './business-central-rows.ts';
import { kitsOf, readItems, textOf, withRelated } from './item-reader.ts';
import { itemMessage, locationMessage } from './master-messages.ts';

export interface ReceiverOptions {
  readonly api: BusinessCentralApi;
  readonly mapping: BusinessCentralMapping;
  /** The text that every notification must carry. */
  readonly clientState: string;
  /** Called when the ERP says that so much of a table changed that the feed must tell what. */
  readonly requestCatchUp: () => void;
}

type Notification = (typeof Notifications)['static']['value'][number];

const RESOURCE = /companies\(([^)]+)\)\/(\w+)(?:\(([0-9a-f-]{36})\))?$/i;

/** Notifications carry ids only; the rows are looked up together. The vendor signs by a shared text, not by a hash. */
export function businessCentralReceiver(options: ReceiverOptions): WebhookReceiver {
  const { system } = options.api;
  return {
    system,
    handshake: ({ query }) => query.get('validationToken') ?? undefined,
    verify: (request) => {
      const told = readNotifications(request);
      const isTrue = told.length > 0 && told.every(({ clientState }) => isSameSecret(clientState, options.clientState));
      if (!isTrue) throw new InvalidSignature(system);
    },
    normalise: async (request) => normalise(readNotifications(request), options),
  };
}

/** A body that is not of notifications carries no client state either. */
function readNotifications({ rawBody }: WebhookRequest): readonly Notification[] {
  try {
    return parseAs(Notifications, JSON.parse(rawBody.toString('utf8')), 'notifications').value;
  } catch {
    return [];
  }
}

async function normalise(
  notifications: readonly Notification[],
  { api, mapping, requestCatchUp }: ReceiverOptions,
): Promise<readonly Inbound[]> {
  if (notifications.some(({ changeType }) => changeType === 'collection')) requestCatchUp();
  const single = notifications.filter(({ changeType }) => changeType !== 'collection');
  const idsOf = (set: EntitySet): readonly string[] =>
    single.flatMap((notification) => {
      const [, , name, id] = RESOURCE.exec(notification.resource) ?? [];
      return name === set && id !== undefined && notification.changeType !== 'deleted' ? [id] : [];
    });
  const changed = await changedRows(api, idsOf);
  const { items, salesPrices, itemUnitsOfMeasure: units, bomComponents, locations } = changed;
  const known = new Set(items.map((item) => textOf(item, 'number')));
  const concerned = [
    ...[...salesPrices, ...units].map((row) => textOf(row, 'itemNumber')),
    ...bomComponents.map((line) => textOf(line, 'parentItemNumber')),
    ...(await kitsOf(api, [...new Set(units.map((row) => textOf(row, 'itemNumber')))])),
  ];
  const others = new Set(concerned.filter((number) => !known.has(number)));
  const whole = [...(await withRelated(api, items)), ...(await readItems(api, [...others]))];
  const found = new Set(ENTITY_SETS.flatMap((set) => changed[set].map((row) => textOf(row, 'id'))));
  return [
    ...locations.map((row) => locationMessage(row, mapping)),
    ...whole.map((item) => itemMessage(item, mapping)),
    ...single.flatMap((notification) => unfound(notification, found)),
  ];
}

/** The rows that were named, in one HTTP call. */
async function changedRows(
  api: BusinessCentralApi,
  idsOf: (set: EntitySet) => readonly string[],
): Promise<Readonly<Record<EntitySet, readonly unknown[]>>> {
  const named = ENTITY_SETS.filter((set) => idsOf(set).length > 0);
  const found =
    named.length === 0 ? [] : await api.query(...named.map((set) => ({ set, filter: isOneOfIds(idsOf(set)) })));
  const rows = ENTITY_SETS.map((set) => [set, found[named.indexOf(set)] ?? []] as const);
  return Object.fromEntries(rows) as Readonly<Record<EntitySet, readonly unknown[]>>;
}

/** What is gone, or of a table that the hub does not know, is kept for people to look at. */
function unfound(notification: Notification, found: ReadonlySet<string>): readonly UnreadableMessage[] {
  const { resource, changeType, lastModifiedDateTime } = notification;
  const [, , set = '', id = ''] = RESOURCE.exec(resource) ?? [];
  if (found.has(id)) return [];
  const reason = ENTITY_SETS.some((known) => known === set)
    ? `${set} ${id} does not exist any more.`
    : `The hub does not read ${resource}.`;
  return [{ eventId: `${changeType}:${resource}:${lastModifiedDateTime}`, reason, raw: notification }];
}
