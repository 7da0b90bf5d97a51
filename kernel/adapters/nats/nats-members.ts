import { createInbox, type Msg, type Subscription } from '@nats-io/transport-node';
import type { CancelTimer } from '../../ports/clock.ts';
import type { Members } from '../../ports/members.ts';
import { KnownMembers } from './known-members.ts';
import type { NatsConnection } from './nats-connection.ts';

/** What a process says of itself: the services that it answers for, and where. */
interface Announcement {
  readonly services: readonly string[];
  readonly url: string;
}

type Listener = (urls: readonly string[]) => void;

/**
 * Core NATS: watchers ask in rounds who is there, and everybody answers for itself. A round counts only when the watcher
 * has heard its own question, so that nobody is forgotten while the connection or the servers are away.
 */
export class NatsMembers implements Members {
  readonly #connection: NatsConnection;
  readonly #known: KnownMembers;
  readonly #announced = new Set<Announcement>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #subscriptions: Subscription[] = [];
  readonly #inbox: string;
  #isAsking = false;
  #hasHeardItself = false;
  #cancelRound: CancelTimer = () => undefined;

  constructor(connection: NatsConnection) {
    const { client, limits } = connection.parts;
    this.#connection = connection;
    this.#known = new KnownMembers(limits);
    this.#inbox = createInbox();
    this.#subscriptions.push(
      client.subscribe(this.#named('ask'), { callback: (_error, message) => this.#asked(message) }),
    );
  }

  announce(services: readonly string[], url: string): () => void {
    const announcement = { services: [...services], url };
    this.#announced.add(announcement);
    this.#publish('here', announcement);
    return () => {
      if (this.#announced.delete(announcement)) this.#publish('gone', announcement);
    };
  }

  watch(service: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(service) ?? new Set<Listener>();
    const entry: Listener = (urls) => listener(urls);
    this.#listeners.set(service, listeners.add(entry));
    this.#beginAsking();
    const known = this.#known.urlsOf(service);
    if (known.length > 0) entry(known);
    return () => void listeners.delete(entry);
  }

  /** Asks and answers no more. */
  close(): void {
    this.#cancelRound();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  #beginAsking(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { client } = this.#connection.parts;
    const hear = (_error: unknown, message: Msg): void => this.#heard(message);
    this.#subscriptions.push(
      client.subscribe(this.#inbox, { callback: hear }),
      client.subscribe(this.#named('here'), { callback: hear }),
      client.subscribe(this.#named('gone'), { callback: (_error, message) => this.#left(message) }),
    );
    this.#round();
  }

  #round(): void {
    const { client, clock, limits } = this.#connection.parts;
    if (this.#hasHeardItself) this.#tell(this.#known.endRound());
    this.#hasHeardItself = false;
    if (this.#connection.isConnected) client.publish(this.#named('ask'), undefined, { reply: this.#inbox });
    this.#cancelRound = clock.after(limits.memberAskMs, () => this.#round());
  }

  #asked(message: Msg): void {
    if (message.reply === this.#inbox) this.#hasHeardItself = true;
    if (!this.#connection.isConnected) return;
    for (const announcement of this.#announced) message.respond(JSON.stringify(announcement));
  }

  #heard(message: Msg): void {
    const { services, url } = readAnnouncement(message);
    this.#tell(services.filter((service) => this.#known.heard(service, url)));
  }

  #left(message: Msg): void {
    const { services, url } = readAnnouncement(message);
    this.#tell(services.filter((service) => this.#known.gone(service, url)));
  }

  #tell(services: readonly string[]): void {
    for (const service of services) {
      const urls = this.#known.urlsOf(service);
      for (const listener of Array.from(this.#listeners.get(service) ?? [])) listener(urls);
    }
  }

  #publish(what: 'here' | 'gone', announcement: Announcement): void {
    if (this.#connection.isConnected) {
      this.#connection.parts.client.publish(this.#named(what), JSON.stringify(announcement));
    }
  }

  #named(what: string): string {
    return this.#connection.named(`stockwire-members.${what}`);
  }
}

const NOBODY: Announcement = { services: [], url: '' };

/** What is no announcement says nothing. */
function readAnnouncement(message: Msg): Announcement {
  try {
    const { services, url } = JSON.parse(message.string()) as Partial<Announcement>;
    const isOne =
      Array.isArray(services) && services.every((each) => typeof each === 'string') && URL.canParse(url ?? '');
    return isOne && url !== undefined ? { services, url } : NOBODY;
  } catch {
    return NOBODY;
  }
}
