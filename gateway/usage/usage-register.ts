import type { Identity } from '../../kernel/model/identity.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';
import type { RequestHeaders } from '../executor/operation-context.ts';
import type { PreparedOperation } from '../executor/prepared-operation.ts';
import { usedElementsOf } from './used-elements.ts';
import type { UsedElement } from './used-elements.ts';

export interface UsageRegisterOptions {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  /** Clients that are told apart, a client and its version being one; further ones are counted together. Default: 200. */
  readonly clientsMax?: number;
  /** Elements of the schema that are told apart; further ones are not counted. Default: 20,000. */
  readonly elementsMax?: number;
}

/** Who uses an element of the schema, and how often since the gateway started. */
export interface UsageRow {
  readonly coordinate: string;
  readonly deprecated?: string;
  readonly client: string;
  readonly version: string;
  readonly requests: number;
  /** Of the last count, to some seconds. */
  readonly lastUsedAt: string;
}

export interface UsedBy {
  readonly identity: Identity;
  readonly headers?: RequestHeaders;
}

interface Client {
  readonly name: string;
  readonly version: string;
}

interface Figure {
  requests: number;
  lastMs: number;
}

/** Requests of one operation by client that are not yet counted by element. */
interface Pending {
  readonly elements: readonly UsedElement[];
  readonly byClient: Map<Client, number>;
}

const NAME_HEADERS = ['apollographql-client-name', 'graphql-client-name'] as const;
const VERSION_HEADERS = ['apollographql-client-version', 'graphql-client-version'] as const;
const LABEL_LENGTH_MAX = 60;
const OTHERS: Client = { name: 'other', version: 'other' };

/** How long counts may wait, at the next request, before they are told by element. */
const SETTLE_MS = 5_000;
/** Operations that wait at most. */
const PENDING_MAX = 500;

/**
 * Counts by client which elements of the public schema are asked for, so that a deprecated one shows who still needs it. A
 * request costs two look-ups; what it means by element is worked out now and then.
 */
export class UsageRegister {
  readonly #options: UsageRegisterOptions;
  readonly #elementsOf = new WeakMap<PreparedOperation, readonly UsedElement[]>();
  /** By name and version. */
  readonly #clients = new Map<string, Map<string, Client>>();
  #clientCount = 0;
  readonly #figures = new Map<string, { readonly element: UsedElement; readonly byClient: Map<Client, Figure> }>();
  readonly #pending = new Map<PreparedOperation, Pending>();
  #settleAtMs = 0;

  constructor(options: UsageRegisterOptions) {
    this.#options = options;
  }

  record(prepared: PreparedOperation, { identity, headers }: UsedBy): void {
    const client = this.#clientOf(identity, headers);
    const pending = this.#pending.get(prepared) ?? this.#openPending(prepared);
    pending.byClient.set(client, (pending.byClient.get(client) ?? 0) + 1);
    if (this.#options.clock.nowMs() >= this.#settleAtMs) this.settle();
  }

  /** What is used by whom, deprecated elements first, then by coordinate. */
  report(): readonly UsageRow[] {
    this.settle();
    const rows = [...this.#figures.values()].flatMap(({ element, byClient }) =>
      [...byClient].map(([client, { requests, lastMs }]) => ({
        coordinate: element.coordinate,
        ...(element.deprecated !== undefined && { deprecated: element.deprecated }),
        client: client.name,
        version: client.version,
        requests,
        lastUsedAt: new Date(lastMs).toISOString(),
      })),
    );
    return rows.sort(byDeprecationAndName);
  }

  /** Counts by element what was recorded so far. */
  settle(): void {
    const nowMs = this.#options.clock.nowMs();
    for (const { elements, byClient } of this.#pending.values()) {
      for (const [client, requests] of byClient) {
        for (const element of elements) this.#add(element, client, { requests, nowMs });
      }
    }
    this.#pending.clear();
    this.#settleAtMs = nowMs + SETTLE_MS;
  }

  #openPending(prepared: PreparedOperation): Pending {
    if (this.#pending.size >= PENDING_MAX) this.settle();
    const known = this.#elementsOf.get(prepared);
    const elements = known ?? usedElementsOf(prepared.document, prepared.operation, prepared.schema);
    this.#elementsOf.set(prepared, elements);
    const pending: Pending = { elements, byClient: new Map() };
    this.#pending.set(prepared, pending);
    return pending;
  }

  #add(element: UsedElement, client: Client, { requests, nowMs }: { requests: number; nowMs: number }): void {
    const known = this.#figures.get(element.coordinate);
    if (!known && this.#figures.size >= (this.#options.elementsMax ?? 20_000)) return;
    const byClient = known?.byClient ?? new Map<Client, Figure>();
    const figure = byClient.get(client) ?? { requests: 0, lastMs: nowMs };
    figure.requests += requests;
    figure.lastMs = nowMs;
    byClient.set(client, figure);
    this.#figures.set(element.coordinate, { element, byClient });
    if (element.deprecated === undefined) return;
    const labels = { element: element.coordinate, client: client.name, version: client.version };
    this.#options.telemetry.count('deprecated_elements_used_total', labels, requests);
  }

  /** One object per client and version, so that it can be found by identity. */
  #clientOf(identity: Identity, headers: RequestHeaders | undefined): Client {
    const name = firstOf(headers, NAME_HEADERS) ?? identity.clientId;
    const version = firstOf(headers, VERSION_HEADERS) ?? '';
    const known = this.#clients.get(name)?.get(version);
    if (known) return known;
    if (this.#clientCount >= (this.#options.clientsMax ?? 200)) return OTHERS;
    const client = { name, version };
    this.#clientCount++;
    this.#clients.set(name, (this.#clients.get(name) ?? new Map<string, Client>()).set(version, client));
    return client;
  }
}

function firstOf(headers: RequestHeaders | undefined, names: readonly string[]): string | undefined {
  if (!headers) return undefined;
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value.slice(0, LABEL_LENGTH_MAX);
  }
  return undefined;
}

function byDeprecationAndName(a: UsageRow, b: UsageRow): number {
  if ((a.deprecated === undefined) !== (b.deprecated === undefined)) return a.deprecated === undefined ? 1 : -1;
  return a.coordinate.localeCompare(b.coordinate) || b.requests - a.requests;
}
