import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ObservedExchange, SimulatorObserver } from '../../runtime/simulator-observer.ts';
import { OpenApiContract } from '../../testing/open-api-contract.ts';
import {
  openApiOfSwagger,
  type SandboxPair,
  type SwaggerDocument,
  type SwaggerOperation,
} from '../../testing/open-api-of-swagger.ts';
import { startAmazonSimulator, type AmazonOptions, type AmazonSimulator } from '../amazon-simulator.ts';

const FOLDER = new URL('../../../../../shared/contracts/', import.meta.url);
const FILES = ['ordersV0', 'feeds_2021-06-30', 'listingsItems_2021-08-01', 'notifications'];
const NOTIFICATION = 'sp-api-event-OrderChangeNotification.schema.json';

/** What is served beside the API: tokens by a server of its own, documents by another, and what no contract is at hand for. */
const BESIDE = [
  'POST /tokens/2021-03-01/restrictedDataToken',
  'POST /auth/o2/token',
  'PUT /documents/:id',
  'GET /documents/:id',
];

export interface SandboxExample extends SandboxPair {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** All that simulators of the marketplace say and are told, held against Amazon's own contracts. Reads them in place, or is not present. */
export class AmazonContract implements SimulatorObserver {
  static readonly isPresent: boolean = existsSync(new URL(NOTIFICATION, FOLDER));
  /** The vendor's own requests and answers. */
  readonly examples: readonly SandboxExample[];
  readonly #contracts: readonly OpenApiContract[];
  readonly #notification: object;
  readonly #exchanges = new Map<string, ObservedExchange>();
  readonly #notifications: unknown[] = [];
  #faults: string[] = [];

  private constructor() {
    const documents = FILES.map((name) => readJson(`sp-api-${name}.openapi.json`) as SwaggerDocument);
    this.#contracts = documents.map(
      (document) => new OpenApiContract(openApiOfSwagger(document) as ConstructorParameters<typeof OpenApiContract>[0]),
    );
    this.examples = documents.flatMap(examplesOf);
    this.#notification = withoutNames(readJson(NOTIFICATION)) as object;
  }

  /** Undefined, and a warning, where the contracts are absent. */
  static open(): AmazonContract | undefined {
    if (AmazonContract.isPresent) return new AmazonContract();
    // A check that is left out is easily overlooked.
    console.warn(
      'The contracts of Amazon are absent: nothing that is said to and by the simulator is held against them.',
    );
    return undefined;
  }

  /** The newest success of each route. */
  get exchanges(): ReadonlyMap<string, ObservedExchange> {
    return this.#exchanges;
  }

  get notifications(): readonly unknown[] {
    return this.#notifications;
  }

  exchanged(exchange: ObservedExchange): void {
    const { route = 'UNKNOWN', status } = exchange;
    if (BESIDE.includes(route)) return;
    const isSuccess = status < 300;
    if (isSuccess) this.#exchanges.set(route, exchange);
    const faults = [
      // What a simulator refuses may be as wrong as it says.
      ...(isSuccess ? this.faultsOfRequest(exchange).map((fault) => `request ${fault}`) : []),
      ...this.faultsOfAnswer(exchange).map((fault) => `answer ${status} ${fault}`),
    ];
    this.#faults.push(...faults.map((fault) => `${route}: ${fault}`));
  }

  sent(payload: unknown): void {
    this.#notifications.push(payload);
    this.#faults.push(...this.faultsOfNotification(payload).map((fault) => `notification: ${fault}`));
  }

  faultsOfRequest({ route, query, text }: ObservedExchange): readonly string[] {
    const held = this.#operationOf(route);
    if (!held) return ['the contracts have no such operation'];
    return held.contract.faultsOfRequest(held.operation, { query, body: text === '' ? undefined : jsonOf(text) });
  }

  faultsOfAnswer({ route, status, answer }: ObservedExchange): readonly string[] {
    const held = this.#operationOf(route);
    if (!held) return ['the contracts have no such operation'];
    const { errors } = (answer ?? {}) as { readonly errors?: unknown };
    const silent = status >= 300 && errors === undefined ? ['a refusal without errors'] : [];
    return [...held.contract.faultsOfStatus(held.operation, { status, body: answer }), ...silent];
  }

  /** Of the event of a bus, which bears a notification as its detail. */
  faultsOfNotification(event: unknown): readonly string[] {
    const { detail } = (event ?? {}) as { readonly detail?: unknown };
    const [contract] = this.#contracts;
    return contract ? contract.faultsOf(this.#notification, detail) : [];
  }

  /** What was wrong since the last time. */
  takeFaults(): readonly string[] {
    const faults = this.#faults;
    this.#faults = [];
    return faults;
  }

  #operationOf(route = '') {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replaceAll(/:([a-zA-Z]+)/g, '{$1}');
    const contract = this.#contracts.find((each) => each.has(method, path));
    return contract && { contract, operation: { method, path } };
  }
}

/** A simulator whose every word is held against the contracts where they are. */
export function startHeldAmazon(
  contract: AmazonContract | undefined,
  options: AmazonOptions,
): Promise<AmazonSimulator> {
  return startAmazonSimulator({ ...options, ...(contract && { observe: contract }) });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(fileURLToPath(new URL(file, FOLDER)), 'utf8'));
}

function examplesOf({ paths }: SwaggerDocument): readonly SandboxExample[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { responses = {} }]: [string, SwaggerOperation]) =>
      Object.entries(responses).flatMap(([status, response]) =>
        (response['x-amzn-api-sandbox']?.static ?? []).map((pair) => ({
          ...pair,
          method: method.toUpperCase(),
          path,
          status: Number(status),
        })),
      ),
    ),
  );
}

/** A schema may be a part of another only without names and notes of its own. */
function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !['$id', '$schema', 'examples', 'title'].includes(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutNames(each)]));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
