import { bearerToken } from '../../../simulators/runtime/bearer-token.ts';
import { hmacSha256 } from '../../../simulators/runtime/hmac.ts';
import { textOf, textsOf } from '../../../simulators/runtime/json-fields.ts';
import { jsonBody, limitOf } from '../../../simulators/runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../../../simulators/runtime/router.ts';
import {
  createSimulatorCore,
  serveSimulator,
  type Simulator,
  type SimulatorCore,
  type SimulatorOptions,
} from '../../../simulators/runtime/simulator.ts';

/** The company of the fake. The last of its items is weighed. */
export const FAKE = {
  token: 'template-token',
  secret: 'template-secret',
  skus: Array.from({ length: 60 }, (_, index) => `SKU-${String(index + 1).padStart(2, '0')}`),
  locations: ['NORTH', 'HIGH-STREET'],
} as const;

/** Fields whose values matter: the faults `conflict` and `drift` change these. */
const CONTENT_FIELDS = ['price', 'step', 'name'];
const PAGE = { otherwise: 50, max: 200 };

interface Item {
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly step: string;
  readonly category: string;
  readonly state: string;
  readonly prices: readonly { readonly currency: string; readonly price: number; readonly valid_from: string }[];
}

interface Change {
  readonly version: number;
  readonly changed_at: string;
  readonly item?: Item;
  readonly location?: {
    readonly code: string;
    readonly name: string;
    readonly type: string;
    readonly time_zone: string;
  };
}

export interface FakeTemplate extends Simulator {
  /** An item as it is from now on. */
  putItem(sku: string, change: Partial<Omit<Item, 'sku'>>): void;
  subscribe(url: string, secret: string): void;
}

/** The vendor, as far as the connector knows it: write what its documents say here, and what it really answers. */
export async function startFakeTemplate(options: SimulatorOptions = {}): Promise<FakeTemplate> {
  const core = createSimulatorCore(options, { system: 'template', contentFields: CONTENT_FIELDS });
  const company = new FakeCompany(core);
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message }) => ({ error: { code, message } }),
      isAuthorised: (headers) => bearerToken(headers) === FAKE.token,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 50 },
    routes: routesOf(company),
  });
  return {
    ...simulator,
    putItem: (sku, change) => company.put({ item: { ...company.item(sku), ...change } }),
    subscribe: (url, secret) => company.subscribe(url, secret),
  };
}

class FakeCompany {
  readonly core: SimulatorCore;
  readonly #subscriptions = new Map<string, string>();
  /** The newest change of each thing. */
  readonly #changes = new Map<string, Change>();
  #version = 0;

  constructor(core: SimulatorCore) {
    this.core = core;
    for (const sku of FAKE.skus) this.put({ item: this.item(sku) });
    for (const code of FAKE.locations) {
      const type = code === 'NORTH' ? 'WAREHOUSE' : 'SHOP';
      this.put({ location: { code, name: code, type, time_zone: 'Europe/London' } });
    }
  }

  item(sku: string): Item {
    const known = this.#changes.get(`item ${sku}`)?.item;
    if (known) return known;
    const prices = [{ currency: 'GBP', price: 12.5, valid_from: '2026-01-01T00:00:00.000Z' }];
    const counted = sku === FAKE.skus.at(-1) ? { unit: 'KG', step: '0.001' } : { unit: 'PCS', step: '1' };
    return { sku, name: `Goods ${sku}`, ...counted, category: 'Goods', state: 'ON_SALE', prices };
  }

  items(): readonly Item[] {
    return this.changes().flatMap(({ item }) => item ?? []);
  }

  /** By their versions. */
  changes(): readonly Change[] {
    return [...this.#changes.values()].sort((left, right) => left.version - right.version);
  }

  subscribe(url: string, secret: string): void {
    this.#subscriptions.set(url, secret);
  }

  put(content: Pick<Change, 'item' | 'location'>): void {
    this.#version += 1;
    const payload = { version: this.#version, changed_at: this.core.nowIso(), ...content };
    const key = content.item ? `item ${content.item.sku}` : `location ${content.location?.code}`;
    this.#changes.set(key, payload);
    for (const [url, secret] of this.#subscriptions) {
      const encode = (told: unknown) => {
        const body = JSON.stringify(told);
        const signature = hmacSha256(secret, body, 'hex');
        return { body, headers: { 'content-type': 'application/json', 'x-template-signature': signature } };
      };
      this.core.sender.send({ url, messageId: String(payload.version), payload, encode });
    }
  }
}

function routesOf(company: FakeCompany): readonly Route[] {
  return [
    { method: 'GET', path: '/v1/items', handle: ({ query }) => list(company, query) },
    { method: 'POST', path: '/v1/items/lookup', handle: (request) => lookUp(company, request) },
    { method: 'GET', path: '/v1/changes', handle: ({ query }) => changes(company, query) },
    {
      method: 'GET',
      path: '/v1/locations',
      handle: () => ({ body: { locations: company.changes().flatMap(({ location }) => location ?? []) } }),
    },
    {
      method: 'POST',
      path: '/v1/webhooks',
      handle: (request) => {
        const body = jsonBody(request);
        company.subscribe(textOf(body, 'url'), textOf(body, 'secret'));
        return { status: 201, body: {} };
      },
    },
  ];
}

function list(company: FakeCompany, query: URLSearchParams): Answer {
  const after = query.get('after') ?? '';
  const rows = company
    .items()
    .filter(({ sku }) => sku > after)
    .sort((left, right) => (left.sku < right.sku ? -1 : 1));
  const items = rows.slice(0, limitOf(query.get('limit'), PAGE));
  const last = items.at(-1);
  return { body: { items, ...(items.length < rows.length && last && { next: last.sku }) } };
}

/** A member of a batch that cannot be read this time is named; an unknown one is left out. */
function lookUp(company: FakeCompany, request: SimulatorRequest): Answer {
  const skus = textsOf(jsonBody(request), 'skus', 200);
  const failed = skus.filter(() => company.core.faults.strikes('partialFailure'));
  const wanted = new Set(skus.filter((sku) => !failed.includes(sku)));
  return { body: { items: company.items().filter(({ sku }) => wanted.has(sku)), failed } };
}

function changes(company: FakeCompany, query: URLSearchParams): Answer {
  const after = Number(query.get('after') ?? '0');
  const rows = company.changes().filter(({ version }) => version > after);
  const page = rows.slice(0, limitOf(query.get('limit'), PAGE));
  return { body: { changes: page, last: page.at(-1)?.version ?? after, has_more: page.length < rows.length } };
}
