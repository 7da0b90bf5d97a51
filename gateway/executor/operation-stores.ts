import type { GraphQLScalarType } from 'graphql';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { rightsOf } from '../auth/rights.ts';
import type { Rights } from '../auth/rights.ts';
import { chooseContracts } from '../contracts/contract.ts';
import type { Contract, ContractChoice } from '../contracts/contract.ts';
import { narrowPlanner } from '../contracts/narrow-planner.ts';
import type { QueryPlanner } from '../planner/query-planner.ts';
import type { OperationStore } from './operation-store.ts';

export interface OperationStoresOptions {
  readonly planner: QueryPlanner;
  readonly scalars: readonly GraphQLScalarType[];
  /** Absent or empty: everybody sees the whole public schema. */
  readonly contracts: readonly Contract[];
  readonly createStore: (planner: QueryPlanner) => OperationStore;
}

/** One store of operations for each public schema, because an operation that is valid in one need not be in another. */
export class OperationStores {
  readonly #options: OperationStoresOptions;
  readonly #choice: ContractChoice;
  /** By the names of contracts; at most as many as there are pairs of them. */
  readonly #stores = new Map<string, OperationStore>();
  readonly #byRights = new WeakMap<Rights, OperationStore>();

  /** @throws {SupergraphRefused} when a contract leaves no valid schema, so that it is known before anybody asks */
  constructor(options: OperationStoresOptions) {
    this.#options = options;
    this.#choice = chooseContracts(options.contracts);
    this.#stores.set('', options.createStore(options.planner));
    for (const contract of options.contracts) this.#storeOf([contract]);
  }

  /** @throws {Refusal} FORBIDDEN when the token names a contract that does not exist */
  storeFor(identity: Identity): OperationStore {
    const rights = rightsOf(identity);
    const known = this.#byRights.get(rights);
    if (known) return known;
    const contracts = this.#choice.contractsFor(identity);
    if (!contracts) {
      throw new Refusal('FORBIDDEN', 'The token names a contract that does not exist.', { claim: 'contract' });
    }
    const store = this.#storeOf(contracts);
    this.#byRights.set(rights, store);
    return store;
  }

  #storeOf(contracts: readonly Contract[]): OperationStore {
    const key = contracts.map(({ name }) => name).join();
    const known = this.#stores.get(key);
    if (known) return known;
    const { planner, scalars, createStore } = this.#options;
    const store = createStore(narrowPlanner(planner, contracts, scalars));
    this.#stores.set(key, store);
    return store;
  }
}
