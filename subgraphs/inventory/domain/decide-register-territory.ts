import { refuse } from '../../../kernel/model/errors.ts';
import { NOTHING, type Decision } from './decision.ts';
import { isStoreChannel } from './find-channel.ts';
import type { ChannelSettings, NetworkSettings } from './ledger-command.ts';
import type { LedgerState } from './ledger-state.ts';
import { CHANNELS_MAX, LOCATIONS_OF_NETWORK_MAX, NETWORKS_MAX } from './sales-territory.ts';

/** Idempotent. */
export function decideRegisterNetwork(
  state: LedgerState,
  { id, locations }: NetworkSettings,
): Decision<'register-network'> {
  const unknown = locations.find((location) => !state.locations.has(location));
  if (unknown !== undefined) {
    return refuse('UNKNOWN_LOCATION', `No location ${unknown} is registered.`, { location: unknown });
  }
  if (new Set(locations).size < locations.length) {
    return refuse('BAD_USER_INPUT', 'A location comes twice in a network.', { field: 'locations' });
  }
  if (locations.length > LOCATIONS_OF_NETWORK_MAX) {
    const message = `A network has at most ${LOCATIONS_OF_NETWORK_MAX} locations.`;
    return refuse('LIMIT_EXCEEDED', message, { limit: 'LOCATIONS_OF_NETWORK_MAX', max: LOCATIONS_OF_NETWORK_MAX });
  }
  const { networks } = state.territory;
  const known = networks.get(id);
  if (!known && networks.size >= NETWORKS_MAX) {
    const message = `There are ${NETWORKS_MAX} networks already.`;
    return refuse('LIMIT_EXCEEDED', message, { limit: 'NETWORKS_MAX', max: NETWORKS_MAX });
  }
  const former = known?.locations.map((location) => state.locationIds.textOf(location));
  if (former?.join('|') === locations.join('|')) return { events: [], answer: NOTHING };
  return { events: [{ type: 'network-registered', network: id, locations }], answer: NOTHING };
}

/** Idempotent. */
export function decideRegisterChannel(
  state: LedgerState,
  { id, network, currency, publishes }: ChannelSettings,
): Decision<'register-channel'> {
  const { networks, channels } = state.territory;
  if (isStoreChannel(id)) {
    return refuse('BAD_USER_INPUT', 'The channels of stores exist by themselves.', { field: 'id' });
  }
  if (!networks.has(network)) {
    return refuse('UNKNOWN_NETWORK', `No network ${network} is registered.`, { network });
  }
  const known = channels.get(id);
  if (!known && channels.size >= CHANNELS_MAX) {
    const message = `There are ${CHANNELS_MAX} channels already.`;
    return refuse('LIMIT_EXCEEDED', message, { limit: 'CHANNELS_MAX', max: CHANNELS_MAX });
  }
  const isSame = known?.network === network && known.currency === currency && known.publishes === publishes;
  if (isSame) return { events: [], answer: NOTHING };
  const registered = { type: 'channel-registered', channel: id, network, currency, publishes } as const;
  return { events: [registered], answer: NOTHING };
}
