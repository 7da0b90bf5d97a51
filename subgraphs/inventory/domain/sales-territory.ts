import { grown } from './grow.ts';

/** As many as a set of networks has bits. */
export const NETWORKS_MAX = 16;
export const CHANNELS_MAX = 64;
export const LOCATIONS_OF_NETWORK_MAX = 5_000;

/** The locations whose stock may serve a demand. */
export interface NetworkRecord {
  readonly id: string;
  /** 0 to NETWORKS_MAX - 1. */
  readonly index: number;
  /** Indexes, in the order of preference for sourcing. */
  readonly locations: readonly number[];
}

export interface ChannelRecord {
  readonly id: string;
  readonly index: number;
  readonly network: string;
  readonly currency: string;
  readonly publishes: 'ATS' | 'BAND';
  /** The last change of the channel, of any network, or of a rule that concerns more than one SKU. */
  readonly changedSeq: number;
}

/** Who sells from where: networks, channels, and which networks share locations. */
export class SalesTerritory {
  readonly networks = new Map<string, NetworkRecord>();
  readonly channels = new Map<string, ChannelRecord>();
  /** Per location: the set of networks that it belongs to. */
  #networksOfLocation = new Uint16Array(0);
  /** Per network: the set of networks that share a location with it, itself included. */
  #overlaps = new Uint16Array(NETWORKS_MAX);

  setNetwork(id: string, locations: readonly number[]): void {
    const index = this.networks.get(id)?.index ?? this.networks.size;
    this.networks.set(id, { id, index, locations });
    this.#recompute();
  }

  setChannel(channel: Omit<ChannelRecord, 'index'>): void {
    const index = this.channels.get(channel.id)?.index ?? this.channels.size;
    this.channels.set(channel.id, { ...channel, index });
  }

  touchChannels(seq: number): void {
    for (const channel of this.channels.values()) this.channels.set(channel.id, { ...channel, changedSeq: seq });
  }

  networkOf(channel: ChannelRecord): NetworkRecord {
    return this.networks.get(channel.network) as NetworkRecord;
  }

  /** A set of networks as bits. */
  networksOf(location: number): number {
    return this.#networksOfLocation[location] ?? 0;
  }

  includes(network: NetworkRecord, location: number): boolean {
    return (this.networksOf(location) & (1 << network.index)) !== 0;
  }

  /** The networks, as bits, whose demand could be served by a location of this one. */
  overlapping(network: NetworkRecord): number {
    return this.#overlaps[network.index] as number;
  }

  #recompute(): void {
    this.#networksOfLocation.fill(0);
    for (const { index, locations } of this.networks.values()) {
      for (const location of locations) {
        this.#networksOfLocation = grown(this.#networksOfLocation, location + 1);
        this.#networksOfLocation[location] = (this.#networksOfLocation[location] as number) | (1 << index);
      }
    }
    for (const { index, locations } of this.networks.values()) {
      this.#overlaps[index] = locations.reduce((set, location) => set | this.networksOf(location), 1 << index);
    }
  }
}
