import type { HttpClient } from '../../runtime/http-client.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { DestinationCreated, Destinations } from './amazon-objects.ts';

/** The seller's bus of events that Amazon writes to. A rule of it hands its events on to the hub. */
export interface EventBus {
  readonly accountId: string;
  readonly region: string;
}

const BASE = '/notifications/v1';
const ORDER_CHANGE = 'ORDER_CHANGE';
const NOT_FOUND = 404;

/** Has changes of orders written to the bus, or goes on having it done. */
export async function keepNotified(
  { http, system }: { readonly http: HttpClient; readonly system: string },
  bus: EventBus,
): Promise<void> {
  if (await isSubscribed(http)) return;
  const destinationId = await destinationOf(http, system, bus);
  await http.request({
    method: 'POST',
    path: `${BASE}/subscriptions/${ORDER_CHANGE}`,
    isIdempotent: true,
    json: { payloadVersion: '1.0', destinationId },
  });
}

async function isSubscribed(http: HttpClient): Promise<boolean> {
  try {
    await http.request({ method: 'GET', path: `${BASE}/subscriptions/${ORDER_CHANGE}`, isIdempotent: true });
    return true;
  } catch (error) {
    if (error instanceof UpstreamRejected && error.status === NOT_FOUND) return false;
    throw error;
  }
}

async function destinationOf(http: HttpClient, system: string, bus: EventBus): Promise<string> {
  const { json } = await http.request({ method: 'GET', path: `${BASE}/destinations`, isIdempotent: true });
  const { payload = [] } = parseAnswer(system, Destinations, json);
  const known = payload.find(({ resource: { eventBridge } }) => {
    return eventBridge?.accountId === bus.accountId && eventBridge.region === bus.region;
  });
  if (known) return known.destinationId;
  const created = await http.request({
    method: 'POST',
    path: `${BASE}/destinations`,
    isIdempotent: true,
    json: { name: 'stockwire', resourceSpecification: { eventBridge: bus } },
  });
  return parseAnswer(system, DestinationCreated, created.json).payload.destinationId;
}
