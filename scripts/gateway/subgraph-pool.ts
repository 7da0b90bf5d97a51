import type { SubgraphClient } from '../../gateway/executor/subgraph-client.ts';
import type { SubgraphAddress } from '../../gateway/planner/subgraph-addresses.ts';

/** Clients by name and address, so that a reload leaves the sockets alone that it does not concern. */
export class SubgraphPool {
  readonly #create: (address: SubgraphAddress) => SubgraphClient;
  #clients: ReadonlyMap<string, SubgraphClient> = new Map();

  constructor(create: (address: SubgraphAddress) => SubgraphClient) {
    this.#create = create;
  }

  /** Those for `addresses`, the ones that are open already among them. Call `keep` when they are in use. */
  clientsFor(addresses: readonly SubgraphAddress[]): ReadonlyMap<string, SubgraphClient> {
    return new Map(
      addresses.map((address) => [keyOf(address), this.#clients.get(keyOf(address)) ?? this.#create(address)]),
    );
  }

  keep(clients: ReadonlyMap<string, SubgraphClient>): void {
    this.#clients = clients;
  }
}

const keyOf = ({ name, url }: SubgraphAddress): string => `${name} ${url}`;
