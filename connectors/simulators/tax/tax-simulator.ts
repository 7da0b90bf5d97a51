import { bearerToken } from '../runtime/bearer-token.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import { idempotencyKeyOf } from '../runtime/idempotency-key.ts';
import { IdempotentAnswers } from '../runtime/idempotent-answers.ts';
import { listOf, numberOf, objectOf, optionalTextOf, textOf, type JsonObject } from '../runtime/json-fields.ts';
import { jsonBody } from '../runtime/request-body.ts';
import type { Answer, Route, SimulatorRequest } from '../runtime/router.ts';
import { createSimulatorCore, serveSimulator } from '../runtime/simulator.ts';
import type { Simulator, SimulatorCore, SimulatorOptions } from '../runtime/simulator.ts';
import { taxesOf, type TaxRates } from './tax-rates.ts';

export interface TaxSimulatorOptions extends SimulatorOptions {
  /** The bearer token that the API accepts. Default `tax-token`. */
  readonly accessToken?: string;
  readonly rates: TaxRates;
  /** The class of goods by SKU. Default and for charges: `STANDARD`. */
  readonly classes?: Readonly<Record<string, string>>;
}

export interface BookedTransaction {
  readonly id: string;
  readonly reference: string;
  readonly quote: string | null;
  readonly items: readonly { readonly ref: string; readonly amount: number; readonly tax: number }[];
}

export interface TaxSimulator extends Simulator {
  transactions(): readonly BookedTransaction[];
}

const CONTENT_FIELDS = ['amount', 'tax', 'rate_percent'];
const ITEMS_MAX = 1_000;
const STANDARD = 'STANDARD';

/** A tax system with the manners that such systems share, on a port of its own. It sends no webhooks. */
export async function startTaxSimulator(options: TaxSimulatorOptions): Promise<TaxSimulator> {
  const core = createSimulatorCore(options, { system: 'tax', contentFields: CONTENT_FIELDS });
  const accessToken = options.accessToken ?? 'tax-token';
  const booked: BookedTransaction[] = [];
  const simulator = await serveSimulator(core, {
    options,
    manners: {
      errorBody: ({ code, message, field }: HttpFailure) => ({ error: { code, message, field: field ?? null } }),
      isAuthorised: (headers) => bearerToken(headers) === accessToken,
      contentFields: CONTENT_FIELDS,
    },
    rateLimit: { capacity: 200, refillPerSecond: 100 },
    routes: taxRoutes(core, { options, booked }),
  });
  return { ...simulator, transactions: () => booked };
}

interface TaxDesk {
  readonly options: TaxSimulatorOptions;
  readonly booked: BookedTransaction[];
}

function taxRoutes(core: SimulatorCore, desk: TaxDesk): readonly Route[] {
  const answers = new IdempotentAnswers();
  return [
    { method: 'POST', path: '/v1/quotes', handle: (request) => quote(core, desk, request) },
    {
      method: 'POST',
      path: '/v1/transactions',
      handle: (request) => answers.once(idempotencyKeyOf(request), request.text, () => book(core, desk, request)),
    },
  ];
}

function quote(core: SimulatorCore, { options }: TaxDesk, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const country = textOf(objectOf(body['destination'], 'destination'), 'country');
  const byClass = options.rates[country];
  if (!byClass) {
    throw new HttpFailure(422, 'unknown_country', `There are no rates for ${country}.`, { field: 'destination' });
  }
  const isIncluded = body['prices_include_tax'] === true;
  const items = itemsOf(body).map((item) => {
    const sku = optionalTextOf(item, 'sku');
    const goods = (sku === undefined ? undefined : options.classes?.[sku]) ?? STANDARD;
    const taxes = taxesOf(minorOf(item, 'amount'), { rates: byClass[goods] ?? [], isIncluded });
    return {
      ref: textOf(item, 'ref'),
      taxes: taxes.map(({ jurisdiction, ratePercent, amountMinor }) => ({
        jurisdiction,
        rate_percent: ratePercent,
        amount: amountMinor,
      })),
    };
  });
  return { body: { id: `quote_${core.ids.hex(24)}`, reference: textOf(body, 'reference'), items } };
}

function book(core: SimulatorCore, { booked }: TaxDesk, request: SimulatorRequest): Answer {
  const body = jsonBody(request);
  const transaction: BookedTransaction = {
    id: `txn_${core.ids.hex(24)}`,
    reference: textOf(body, 'reference'),
    quote: optionalTextOf(body, 'quote') ?? null,
    items: itemsOf(body).map((item) => ({
      ref: textOf(item, 'ref'),
      amount: minorOf(item, 'amount'),
      tax: minorOf(item, 'tax'),
    })),
  };
  booked.push(transaction);
  return { status: 201, body: transaction };
}

function itemsOf(body: JsonObject): readonly JsonObject[] {
  const items = listOf(body, 'items', ITEMS_MAX).map((item) => objectOf(item, 'items'));
  if (items.length > 0) return items;
  throw new HttpFailure(422, 'no_items', 'There is nothing to tax.', { field: 'items' });
}

function minorOf(item: JsonObject, field: string): number {
  const amount = numberOf(item, field);
  if (Number.isSafeInteger(amount)) return amount;
  throw new HttpFailure(422, 'amount_invalid', `${field} is a number of minor units.`, { field });
}
