import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ObservedExchange, SimulatorObserver } from '../../runtime/simulator-observer.ts';
import { OpenApiContract } from '../../testing/open-api-contract.ts';
import { startSquareSimulator } from '../square-simulator.ts';
import type { SquareOptions, SquareSimulator } from '../square-simulator.ts';

const FILE = fileURLToPath(new URL('../../../../../shared/contracts/square-2.0.subset.openapi.json', import.meta.url));

const ORDER = '#/components/schemas/Order/properties';
const CATALOG_OBJECT = '#/components/schemas/CatalogObject/properties';

/**
 * The object of a notification by its type. The contract has no schemas of order and catalogue notifications: what they
 * carry are members of an order and of a catalogue object. Source: https://developer.squareup.com/reference/square/webhooks
 */
const NOTIFIED: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'order.created': { order_created: orderMembers('created_at') },
  'order.updated': { order_updated: orderMembers('created_at', 'updated_at') },
  'refund.created': { refund: { $ref: '#/components/schemas/PaymentRefund' } },
  'refund.updated': { refund: { $ref: '#/components/schemas/PaymentRefund' } },
  'inventory.count.updated': {
    inventory_counts: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/InventoryCount' } },
  },
  'catalog.version.updated': {
    catalog_version: closed({ updated_at: { $ref: `${CATALOG_OBJECT}/updated_at` } }),
  },
};

/** Errors of what is no route at all. */
const ERRORS = closed({ errors: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Error' } } });

/** Which requests are held against the contract. ACCEPTED: what a simulator refuses may be as wrong as it says. */
export type HeldRequests = 'ALL' | 'ACCEPTED';

/** All that Square simulators say and are told, held against Square's own contract. Reads it in place, or is not present. */
export class SquareContract implements SimulatorObserver {
  static readonly isPresent: boolean = existsSync(FILE);
  readonly contract: OpenApiContract;
  readonly #requests: HeldRequests;
  readonly #exchanges = new Map<string, ObservedExchange>();
  readonly #notifications = new Map<string, unknown>();
  #faults: string[] = [];

  private constructor(requests: HeldRequests) {
    this.#requests = requests;
    this.contract = OpenApiContract.read(FILE);
  }

  /** Undefined, and a warning, where the contract is absent. */
  static open(requests: HeldRequests): SquareContract | undefined {
    if (SquareContract.isPresent) return new SquareContract(requests);
    // A check that is left out is easily overlooked.
    console.warn('The Square contract is absent: nothing that is said to and by the simulator is held against it.');
    return undefined;
  }

  /** The newest success of each route. */
  get exchanges(): ReadonlyMap<string, ObservedExchange> {
    return this.#exchanges;
  }

  /** The newest notification of each type. */
  get notifications(): ReadonlyMap<string, unknown> {
    return this.#notifications;
  }

  exchanged(exchange: ObservedExchange): void {
    const { route = 'UNKNOWN', status } = exchange;
    const isSuccess = status < 300;
    if (isSuccess) this.#exchanges.set(route, exchange);
    const faults = [
      ...(isSuccess || this.#requests === 'ALL'
        ? this.faultsOfRequest(exchange).map((fault) => `request ${fault}`)
        : []),
      ...this.faultsOfAnswer(exchange).map((fault) => `answer ${status} ${fault}`),
    ];
    this.#faults.push(...faults.map((fault) => `${route}: ${fault}`));
  }

  sent(payload: unknown): void {
    const { type = '' } = payload as { readonly type?: string };
    this.#notifications.set(type, payload);
    this.#faults.push(...this.faultsOfNotification(payload).map((fault) => `${type}: ${fault}`));
  }

  faultsOfRequest({ route, query, text }: ObservedExchange): readonly string[] {
    if (route === undefined) return ['the path is not served'];
    const operation = operationOf(route);
    if (!this.contract.has(operation.method, operation.path)) return ['the contract has no such operation'];
    const body: unknown = text === '' ? undefined : jsonOf(text);
    return this.contract.faultsOfRequest(operation, { query, body });
  }

  faultsOfAnswer({ route, answer, status }: ObservedExchange): readonly string[] {
    if (route === undefined) return this.contract.faultsOf(ERRORS, answer);
    const operation = operationOf(route);
    if (!this.contract.has(operation.method, operation.path)) return ['the contract has no such operation'];
    const { errors } = (answer ?? {}) as { readonly errors?: unknown };
    const silent = status >= 300 && errors === undefined ? ['a refusal without errors'] : [];
    return [...this.contract.faultsOfAnswer(operation, answer), ...silent];
  }

  faultsOfNotification(payload: unknown): readonly string[] {
    const { type = '' } = payload as { readonly type?: string };
    const members = Object.hasOwn(NOTIFIED, type) ? NOTIFIED[type] : undefined;
    return members ? this.contract.faultsOf(envelopeOf(members), payload) : ['no notification that Square documents'];
  }

  /** What was wrong since the last time. */
  takeFaults(): readonly string[] {
    const faults = this.#faults;
    this.#faults = [];
    return faults;
  }
}

/** A simulator whose every word is held against the contract where there is one. */
export function startHeldSquare(
  contract: SquareContract | undefined,
  options: SquareOptions,
): Promise<SquareSimulator> {
  return startSquareSimulator({ ...options, ...(contract && { observe: contract }) });
}

/** Source: https://developer.squareup.com/docs/webhooks/overview */
function envelopeOf(members: Readonly<Record<string, object>>): object {
  const text = { type: 'string' };
  const data = closed({ type: text, id: text, object: closed(members) });
  return closed({ merchant_id: text, type: text, event_id: { ...text, minLength: 1 }, created_at: text, data });
}

function orderMembers(...times: readonly string[]): object {
  const members = ['location_id', 'state', 'version', ...times];
  return closed({
    order_id: { $ref: `${ORDER}/id` },
    ...Object.fromEntries(members.map((name) => [name, { $ref: `${ORDER}/${name}` }])),
  });
}

function closed(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function operationOf(route: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method, path: path.replaceAll(/:([a-z_]+)/g, '{$1}') };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
