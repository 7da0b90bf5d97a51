import type { Upstream } from '../../gateway/subscriptions/upstream/upstream.ts';
import type { SubgraphAddress } from '../../gateway/planner/subgraph-addresses.ts';

/** The ways in which subgraphs are subscribed at, opened when they are first needed. */
export class UpstreamPool {
  readonly #create: (address: SubgraphAddress) => Upstream;
  #addresses: ReadonlyMap<string, SubgraphAddress> = new Map();
  readonly #open = new Map<string, { readonly url: string; readonly upstream: Upstream }>();

  constructor(create: (address: SubgraphAddress) => Upstream) {
    this.#create = create;
  }

  /** From now on these are used. A subscription that has begun elsewhere goes on until it ends. */
  use(addresses: readonly SubgraphAddress[]): void {
    this.#addresses = new Map(addresses.map((address) => [address.name, address]));
    for (const name of this.#open.keys()) if (!this.#addresses.has(name)) this.#open.delete(name);
  }

  upstreamOf(name: string): Upstream | undefined {
    const address = this.#addresses.get(name);
    if (!address) return undefined;
    const known = this.#open.get(name);
    if (known?.url === address.url) return known.upstream;
    const upstream = this.#create(address);
    this.#open.set(name, { url: address.url, upstream });
    return upstream;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ upstream }) => upstream.close()));
  }
}
