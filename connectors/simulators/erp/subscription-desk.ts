import { setTimeout as wait } from 'node:timers/promises';
import { HttpFailure } from '../runtime/http-failure.ts';
import { optionalTextOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import { ENTITY_SETS } from './erp-company.ts';
import type { ChangeType, EntityRow, EntitySet, ErpCompany } from './erp-company.ts';

interface Subscription {
  readonly subscriptionId: string;
  readonly notificationUrl: string;
  readonly set: EntitySet;
  readonly clientState: string;
  readonly expiresAtMs: number;
  readonly etag: string;
}

interface Notification {
  readonly resource: string;
  readonly changeType: ChangeType | 'collection';
  readonly lastModifiedDateTime: string;
}

const LIFETIME_MS = 3 * 86_400_000;
const SUBSCRIPTIONS_MAX = 100;
const HANDSHAKE_TIMEOUT_MS = 5_000;
/** Above this many changes of one set in one batch, a single `collection` notification stands for them all. */
const NOTIFICATIONS_MAX = 100;

/** Subscriptions with handshake and expiry; changes of a short while leave in one request, with ids and no content. */
export class SubscriptionDesk {
  readonly #core: SimulatorCore;
  readonly #company: ErpCompany;
  readonly #delayMs: number;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #waiting = new Map<string, Map<string, Notification>>();
  readonly #gathering = new Set<Promise<void>>();

  constructor(company: ErpCompany, delayMs: number) {
    this.#core = company.core;
    this.#company = company;
    this.#delayMs = delayMs;
    company.onChange(({ set, row, type }) => this.#note(set, row, type));
  }

  list(): readonly JsonObject[] {
    return [...this.#subscriptions.values()].map((subscription) => this.#written(subscription));
  }

  one(id: string): JsonObject {
    return this.#written(this.#find(id));
  }

  /** @throws {HttpFailure} 400 when the address does not echo the validation token. */
  async create(body: JsonObject): Promise<JsonObject> {
    if (this.#subscriptions.size >= SUBSCRIPTIONS_MAX) throw refused('There are too many subscriptions.');
    const resource = textOf(body, 'resource');
    const set = ENTITY_SETS.find((name) => resource.replace(/^\//, '') === this.#resource(name));
    if (set === undefined) throw refused(`The resource ${resource} cannot be subscribed to.`);
    const subscription: Subscription = {
      subscriptionId: this.#core.ids.hex(32),
      notificationUrl: textOf(body, 'notificationUrl'),
      set,
      clientState: optionalTextOf(body, 'clientState') ?? '',
      expiresAtMs: this.#core.nowMs() + LIFETIME_MS,
      etag: this.#newEtag(),
    };
    await this.#handshake(subscription.notificationUrl);
    this.#subscriptions.set(subscription.subscriptionId, subscription);
    return this.#written(subscription);
  }

  /** Three more days, after another handshake. */
  async renew(id: string, ifMatch: string): Promise<JsonObject> {
    const subscription = this.#find(id);
    if (ifMatch !== '*' && ifMatch !== subscription.etag) {
      throw new HttpFailure(412, 'Request_EntityChanged', 'Another user has already changed the record.');
    }
    await this.#handshake(subscription.notificationUrl);
    const renewed = { ...subscription, expiresAtMs: this.#core.nowMs() + LIFETIME_MS, etag: this.#newEtag() };
    this.#subscriptions.set(id, renewed);
    return this.#written(renewed);
  }

  remove(id: string): void {
    this.#find(id);
    this.#subscriptions.delete(id);
  }

  /** Resolves when every change noted so far has been handed to the sender. */
  async gathered(): Promise<void> {
    await Promise.all(this.#gathering);
  }

  async #handshake(notificationUrl: string): Promise<void> {
    if (!URL.canParse(notificationUrl)) throw refused('The notification URL is not a URL.');
    const token = this.#core.ids.uuid();
    const url = new URL(notificationUrl);
    url.searchParams.set('validationToken', token);
    const echoed = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS) })
      .then(async (response) => (response.ok ? response.text() : ''))
      .catch(() => '');
    if (echoed.trim() !== token) throw refused('The notification URL did not return the validation token.');
  }

  #note(set: EntitySet, row: EntityRow, type: ChangeType): void {
    const nowMs = this.#core.nowMs();
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.set !== set || subscription.expiresAtMs <= nowMs) continue;
      const waiting = this.#waiting.get(subscription.subscriptionId) ?? new Map<string, Notification>();
      if (waiting.size === 0) this.#startGathering(subscription.subscriptionId);
      this.#waiting.set(subscription.subscriptionId, waiting);
      const changeType = waiting.get(row.id)?.changeType ?? type;
      waiting.set(row.id, {
        resource: `${this.#resource(set)}(${row.id})`,
        changeType,
        lastModifiedDateTime: row.lastModifiedDateTime,
      });
    }
  }

  #startGathering(subscriptionId: string): void {
    const gathering = this.#sendLater(subscriptionId).finally(() => this.#gathering.delete(gathering));
    this.#gathering.add(gathering);
  }

  async #sendLater(subscriptionId: string): Promise<void> {
    await wait(this.#delayMs, undefined, { ref: false });
    const notifications = [...(this.#waiting.get(subscriptionId)?.values() ?? [])];
    this.#waiting.delete(subscriptionId);
    const subscription = this.#subscriptions.get(subscriptionId);
    const newest = notifications.at(-1);
    if (subscription === undefined || newest === undefined) return;
    const whole: Notification = { ...newest, resource: this.#resource(subscription.set), changeType: 'collection' };
    const told = notifications.length > NOTIFICATIONS_MAX ? [whole] : notifications;
    const expirationDateTime = new Date(subscription.expiresAtMs).toISOString();
    const value = told.map((notification) => ({
      subscriptionId,
      clientState: subscription.clientState,
      expirationDateTime,
      ...notification,
    }));
    this.#core.sender.send({
      url: subscription.notificationUrl,
      messageId: `${subscriptionId}:${this.#core.ids.hex(8)}`,
      payload: { value },
      encode: (payload) => ({ body: JSON.stringify(payload), headers: { 'content-type': 'application/json' } }),
    });
  }

  #resource(set: EntitySet): string {
    return `api/v2.0/companies(${this.#company.id})/${set}`;
  }

  #newEtag(): string {
    return `W/"${this.#core.ids.hex(12)}"`;
  }

  #find(id: string): Subscription {
    const subscription = this.#subscriptions.get(id);
    if (subscription !== undefined) return subscription;
    throw new HttpFailure(404, 'BadRequest_ResourceNotFound', `No subscription with id ${id} exists.`);
  }

  #written(subscription: Subscription): JsonObject {
    return {
      '@odata.etag': subscription.etag,
      subscriptionId: subscription.subscriptionId,
      notificationUrl: subscription.notificationUrl,
      resource: this.#resource(subscription.set),
      clientState: subscription.clientState,
      expirationDateTime: new Date(subscription.expiresAtMs).toISOString(),
    };
  }
}

function refused(message: string): HttpFailure {
  return new HttpFailure(400, 'BadRequest', message);
}
