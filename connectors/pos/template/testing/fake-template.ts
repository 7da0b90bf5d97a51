import { bearerToken } from '../../../simulators/runtime/bearer-token.ts';
import { formatDecimal } from '../../../simulators/runtime/decimal.ts';
import { hmacSha256 } from '../../../simulators/runtime/hmac.ts';
import { HttpFailure } from '../../../simulators/runtime/http-failure.ts';
import { textOf, textsOf } from '../../../simulators/runtime/json-fields.ts';
import { RegisterBook } from '../../../simulators/runtime/register-book.ts';
import { jsonBody, limitOf } from '../../../simulators/runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../../../simulators/runtime/router.ts';
import {
  createSimulatorCore,
  serveSimulator,
  type Simulator,
  type SimulatorCore,
  type SimulatorOptions,
} from '../../../simulators/runtime/simulator.ts';
import { Till, type Receipt, type ReturnInput, type SaleInput } from '../../../simulators/runtime/till.ts';

const STORE = {
  code: 'S1',
  displayName: 'High Street',
  currency: 'GBP',
  timeZone: 'Europe/London',
  city: 'Leeds',
  postalCode: 'LS1 1AA',
  country: 'GB',
};
const GOODS = { productNumber: 'P-1', variantName: '', taxRatePercent: 20 };

/** The store and the goods of the fake. */
export const FAKE = {
  token: 'template-token',
  secret: 'template-secret',
  store: STORE.code,
  timeZone: STORE.timeZone,
  piece: 'SKU-01',
  weighed: 'SKU-60',
} as const;

/** Fields whose values matter: the faults `conflict` and `drift` change these. */
const CONTENT_FIELDS = ['quantity', 'unit_price', 'total', 'amount'];

export interface FakeTemplate extends Simulator {
  /** @returns the receipt number */
  sell(sale: Omit<SaleInput, 'locationCode'>): string;
  takeBack(returned: Omit<ReturnInput, 'locationCode'>): string;
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
    sell: (sale) => account.print(account.till.ringUpSale({ locationCode: STORE.code, ...sale })),
    takeBack: (returned) => account.print(account.till.ringUpReturn({ locationCode: STORE.code, ...returned })),
    subscribe: (url, secret) => account.subscribe(url, secret),
  };
}

class FakeAccount {
  readonly till: Till;
  readonly book: RegisterBook;
  readonly #core: SimulatorCore;
  readonly #subscriptions = new Map<string, string>();

  constructor(core: SimulatorCore) {
    this.#core = core;
    this.till = new Till({ ids: core.ids, nowMs: core.nowMs, locations: [STORE], numbersFrom: undefined });
    this.book = new RegisterBook({ till: this.till, ids: core.ids, nowMs: core.nowMs });
    this.till.registerItem({
      ...GOODS,
      sku: FAKE.piece,
      productName: 'Mug',
      unit: 'EA',
      step: '1',
      pricesMinor: { GBP: 900 },
    });
    this.till.registerItem({
      ...GOODS,
      sku: FAKE.weighed,
      productName: 'Coffee',
      unit: 'KGM',
      step: '0.001',
      pricesMinor: { GBP: 2_400 },
    });
  }

  subscribe(url: string, secret: string): void {
    this.#subscriptions.set(url, secret);
  }

  print(receipt: Receipt): string {
    const payload = this.written(receipt);
    for (const [url, secret] of this.#subscriptions) {
      const encode = (told: unknown) => {
        const body = JSON.stringify(told);
        const signature = hmacSha256(secret, body, 'hex');
        return { body, headers: { 'content-type': 'application/json', 'x-template-signature': signature } };
      };
      this.#core.sender.send({ url, messageId: receipt.id, payload, encode });
    }
    return receipt.number;
  }

  /** As the API and its webhooks write it. */
  written(receipt: Receipt): unknown {
    const { original, reason } = receipt;
    return {
      sequence: this.till.receipts().indexOf(receipt) + 1,
      number: receipt.number,
      kind: receipt.kind,
      state: 'CLOSED',
      store: receipt.location.code,
      register: `till-${receipt.register}`,
      printed_at: new Date(receipt.occurredAtMs).toISOString(),
      currency: receipt.location.currency,
      lines: receipt.lines.map(({ uid, sku, units, unitPriceMinor }) => {
        return { id: uid, sku, quantity: formatDecimal(units), unit_price: unitPriceMinor };
      }),
      total: receipt.totalMinor,
      paid: [{ tender: receipt.tender, amount: receipt.totalMinor }],
      ...(original && { original: { store: original.location.code, number: original.number } }),
      ...(reason !== undefined && { reason }),
    };
  }
}

function routesOf(account: FakeAccount): readonly Route[] {
  return [
    { method: 'GET', path: '/v1/receipts', handle: ({ query }) => list(account, query) },
    { method: 'POST', path: '/v1/receipts/lookup', handle: (request) => lookUp(account, request) },
    { method: 'GET', path: '/v1/stores/:store/days/:day', handle: ({ params }) => dayOf(account, params) },
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

function list(account: FakeAccount, query: URLSearchParams): Answer {
  const after = Number(query.get('after') ?? '0');
  const receipts = account.till.receipts();
  const rows = receipts.slice(after, after + limitOf(query.get('limit'), { otherwise: 100, max: 500 }));
  const last = after + rows.length;
  return {
    body: { receipts: rows.map((row) => account.written(row)), last, has_more: last < receipts.length },
  };
}

function lookUp(account: FakeAccount, request: SimulatorRequest): Answer {
  const found = textsOf(jsonBody(request), 'numbers', 100).flatMap((number) => account.till.receipt(number) ?? []);
  return { body: { receipts: found.map((receipt) => account.written(receipt)) } };
}

/** A day of the store by its own calendar, register by register. */
function dayOf(account: FakeAccount, params: Readonly<Record<string, string>>): Answer {
  if (params['store'] !== STORE.code) throw new HttpFailure(404, 'NOT_FOUND', 'There is no such store.');
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: STORE.timeZone, dateStyle: 'short' });
  const sessions = account.book.sessions().filter(({ openedAtMs }) => day.format(openedAtMs) === params['day']);
  const registers = [...Map.groupBy(sessions, ({ register }) => register)].map(([register, own]) => {
    const receipts = own.flatMap((session) => session.receipts);
    return {
      register: `till-${register}`,
      sales: sumOf(receipts, 'SALE'),
      returns: sumOf(receipts, 'RETURN'),
      receipts: receipts.map(({ number }) => number),
      is_closed: own.every(({ closedAtMs }) => closedAtMs !== undefined),
    };
  });
  return { body: { currency: STORE.currency, registers } };
}

function sumOf(
  receipts: readonly Receipt[],
  kind: Receipt['kind'],
): { readonly count: number; readonly total: number } {
  const own = receipts.filter((receipt) => receipt.kind === kind);
  return { count: own.length, total: own.reduce((total, { totalMinor }) => total + totalMinor, 0) };
}
