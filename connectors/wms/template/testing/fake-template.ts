import { bearerToken } from '../../../simulators/runtime/bearer-token.ts';
import { hmacSha256 } from '../../../simulators/runtime/hmac.ts';
import { HttpFailure } from '../../../simulators/runtime/http-failure.ts';
import { listOf, objectOf, textOf, textsOf } from '../../../simulators/runtime/json-fields.ts';
import { jsonBody, limitOf } from '../../../simulators/runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../../../simulators/runtime/router.ts';
import {
  createSimulatorCore,
  serveSimulator,
  type Simulator,
  type SimulatorCore,
  type SimulatorOptions,
} from '../../../simulators/runtime/simulator.ts';

/** The warehouse of the fake. */
export const FAKE = {
  token: 'template-token',
  secret: 'template-secret',
  warehouse: 'W1',
  skus: Array.from({ length: 60 }, (_, index) => `SKU-${String(index + 1).padStart(2, '0')}`),
} as const;

/** Fields whose values matter: the faults `conflict` and `drift` change these. */
const CONTENT_FIELDS = ['quantity'];

interface Line {
  readonly sku: string;
  readonly quantity: string;
  readonly line_ref?: string;
  readonly reason?: string;
}

interface Work {
  readonly content: string;
  readonly orderRef: string;
  /** As it was told. */
  readonly shipTo: unknown;
  readonly lines: readonly Line[];
  status: 'OPEN' | 'PACKED' | 'CANCELLED';
}

export interface FakeTemplate extends Simulator {
  workCount(): number;
  /** Where the first work of an order goes, as it was told; undefined: it was not. */
  shipToOf(orderRef: string): unknown;
  /** Somebody picks and packs the first work of an order: too late to stop it. */
  pack(orderRef: string): void;
  /** What was packed leaves. */
  ship(orderRef: string): void;
  count(sku: string, quantity: string): void;
  adjust(sku: string, quantity: string, reason: string): void;
  subscribe(url: string, secret: string): void;
}

/** The vendor, as far as the connector knows it: write what its documents say here, and what it really answers. */
export async function startFakeTemplate(options: SimulatorOptions = {}): Promise<FakeTemplate> {
  const core = createSimulatorCore(options, { system: 'template', contentFields: CONTENT_FIELDS });
  const account = new FakeAccount(core);
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message }) => ({ error: { code, message } }),
      isAuthorised: (headers) => bearerToken(headers) === FAKE.token,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 50 },
    routes: routesOf(account),
  });
  return {
    ...simulator,
    workCount: () => account.work.size,
    shipToOf: (orderRef) => account.workOf(orderRef)[0]?.shipTo,
    pack: (orderRef) => account.pack(orderRef),
    ship: (orderRef) => account.tell('shipped', account.workOf(orderRef)[0]?.lines ?? [], { orderRef, parcel: 'P-1' }),
    count: (sku, quantity) => account.tell('counted', [{ sku, quantity }]),
    adjust: (sku, quantity, reason) => account.tell('adjusted', [{ sku, quantity, reason }]),
    subscribe: (url, secret) => account.subscribe(url, secret),
  };
}

class FakeAccount {
  readonly core: SimulatorCore;
  readonly work = new Map<string, Work>();
  readonly events: { readonly number: number }[] = [];
  readonly #subscriptions = new Map<string, string>();

  constructor(core: SimulatorCore) {
    this.core = core;
  }

  subscribe(url: string, secret: string): void {
    this.#subscriptions.set(url, secret);
  }

  workOf(orderRef: string): readonly Work[] {
    return [...this.work.values()].filter((work) => work.orderRef === orderRef);
  }

  pack(orderRef: string): void {
    const [work] = this.workOf(orderRef);
    if (work === undefined) throw new Error(`There is no work for ${orderRef}.`);
    work.status = 'PACKED';
    this.tell('picked', work.lines, { orderRef });
  }

  /** Writes the next event and sends it to whoever asked. */
  tell(type: string, lines: readonly Line[], of: { readonly orderRef?: string; readonly parcel?: string } = {}): void {
    const payload = {
      number: this.events.length + 1,
      type,
      warehouse: FAKE.warehouse,
      at: this.core.nowIso(),
      ...(of.orderRef !== undefined && { order_ref: of.orderRef }),
      ...(of.parcel !== undefined && { parcel: of.parcel }),
      lines,
    };
    this.events.push(payload);
    for (const [url, secret] of this.#subscriptions) {
      const encode = (told: unknown) => {
        const body = JSON.stringify(told);
        const signature = hmacSha256(secret, body, 'hex');
        return { body, headers: { 'content-type': 'application/json', 'x-template-signature': signature } };
      };
      this.core.sender.send({ url, messageId: String(payload.number), payload, encode });
    }
  }
}

function routesOf(account: FakeAccount): readonly Route[] {
  return [
    { method: 'GET', path: '/v1/events', handle: ({ query }) => events(account, query) },
    { method: 'POST', path: '/v1/stock/lookup', handle: (request) => stock(account, request) },
    { method: 'POST', path: '/v1/work', handle: (request) => create(account, request) },
    { method: 'POST', path: '/v1/work/cancel', handle: (request) => cancel(account, request) },
    {
      method: 'POST',
      path: '/v1/webhooks',
      handle: (request) => {
        const body = jsonBody(request);
        account.subscribe(textOf(body, 'url'), textOf(body, 'secret'));
        return { status: 201, body: {} };
      },
    },
  ];
}

function events(account: FakeAccount, query: URLSearchParams): Answer {
  const after = Number(query.get('after') ?? '0');
  const rows = account.events.slice(after, after + limitOf(query.get('limit'), { otherwise: 100, max: 500 }));
  const last = after + rows.length;
  return { body: { events: rows, last, has_more: last < account.events.length } };
}

/** A member of a batch that cannot be read this time is named; an unknown one is left out. */
function stock(account: FakeAccount, request: SimulatorRequest): Answer {
  const skus = textsOf(jsonBody(request), 'skus', 500);
  const failed = skus.filter(() => account.core.faults.strikes('partialFailure'));
  const found = skus.filter((sku) => FAKE.skus.includes(sku) && !failed.includes(sku));
  const bins = [{ bin: 'A-01', status: 'available', quantity: '100' }];
  return { body: { stock: found.map((sku) => ({ sku, warehouse: FAKE.warehouse, bins })), failed } };
}

function create(account: FakeAccount, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const key = textOf(body, 'key');
  const known = account.work.get(key);
  if (known?.status === 'CANCELLED') throw new HttpFailure(409, 'CANCELLED', 'This work was cancelled.');
  if (known !== undefined && known.content !== request.text) {
    throw new HttpFailure(409, 'KEY_REUSED', 'The key stands for other work.');
  }
  if (known !== undefined) return { body: {} };
  const lines = listOf(body, 'lines', 500).map((line, index): Line => {
    const fields = objectOf(line, `lines[${index}]`);
    return { line_ref: textOf(fields, 'line_ref'), sku: textOf(fields, 'sku'), quantity: textOf(fields, 'quantity') };
  });
  const unknown = lines.find(({ sku }) => !FAKE.skus.includes(sku));
  if (unknown !== undefined) throw new HttpFailure(422, 'UNKNOWN_SKU', `${unknown.sku} is not known.`);
  const orderRef = textOf(body, 'order_ref');
  account.work.set(key, { content: request.text, orderRef, shipTo: body['ship_to'], lines, status: 'OPEN' });
  return { status: 201, body: {} };
}

function cancel(account: FakeAccount, request: SimulatorRequest): Answer {
  const work = account.workOf(textOf(jsonBody(request), 'order_ref'));
  for (const each of work) if (each.status === 'OPEN') each.status = 'CANCELLED';
  const outcome = work.some(({ status }) => status === 'PACKED') ? 'TOO_LATE' : 'CANCELLED';
  return { body: { outcome } };
}
