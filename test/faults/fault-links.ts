import type { Random } from '../../connectors/simulators/runtime/seeded-random.ts';
import type { StartTopologyOptions, TopologyShape } from '../../scripts/topology/start-topology.ts';
import { CutProxy } from './cut-proxy.ts';

/** A proxy between each process and each server, and between each gateway and each process of a subgraph. */
export class FaultLinks {
  readonly #proxies: ReadonlyMap<string, CutProxy>;

  private constructor(proxies: ReadonlyMap<string, CutProxy>) {
    this.#proxies = proxies;
  }

  static async open(shape: TopologyShape): Promise<FaultLinks> {
    const names = Object.keys(shape);
    const pairs = names.flatMap((name) => [
      `${name} nats`,
      `${name} mongo`,
      ...(shape[name]?.includes('gateway') ? names.map((other) => `${name} ${other}`) : []),
    ]);
    const opened = await Promise.all(pairs.map(async (pair) => [pair, await CutProxy.open()] as const));
    return new FaultLinks(new Map(opened));
  }

  /** For `startTopology`. */
  get hooks(): Required<Pick<StartTopologyOptions, 'reach' | 'between'>> {
    return {
      reach: (process, { natsUrl, mongoUrl }) => ({
        natsUrl: this.#proxy(process, 'nats').lead(natsUrl),
        mongoUrl: this.#leadMongo(process, mongoUrl),
      }),
      between: (process, other, url) => this.#proxies.get(`${process} ${other}`)?.lead(url).replace(/\/$/, '') ?? url,
    };
  }

  /** The links of a process to a server, or to one process that answers it. */
  of(process: string, to: 'nats' | 'mongo' | 'subgraph', random: Random): readonly CutProxy[] {
    if (to !== 'subgraph') return [this.#proxy(process, to)];
    const others = [...this.#proxies.keys()].filter((pair) => {
      return pair.startsWith(`${process} `) && !/ (nats|mongo|gateway-.*|connectors-.*)$/.test(pair);
    });
    return [this.#proxies.get(others[Math.floor(random() * others.length)] as string) as CutProxy];
  }

  async close(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.close()));
  }

  /** A member of a replica set would tell its own address, past the proxy. */
  #leadMongo(process: string, mongoUrl: string): string {
    const url = new URL(this.#proxy(process, 'mongo').lead(mongoUrl));
    url.searchParams.delete('replicaSet');
    url.searchParams.set('directConnection', 'true');
    return url.href;
  }

  #proxy(process: string, to: string): CutProxy {
    const proxy = this.#proxies.get(`${process} ${to}`);
    if (!proxy) throw new Error(`There is no link between ${process} and ${to}.`);
    return proxy;
  }
}
