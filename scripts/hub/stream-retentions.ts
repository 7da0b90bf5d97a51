import type { StreamRetention } from '../../kernel/engine/trim-stream.ts';
import { channelRegistered, locationRegistered } from '../../schema/events/inventory.ts';
import { mappingActivated, mappingWithdrawn, ownershipChanged } from '../../schema/events/operations.ts';
import { skuChanged, skuRegistered } from '../../schema/events/products.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import type { RetentionName } from './read-retention.ts';

/** Messages that tell of something that happened, and of nothing that is. */
const HAPPENED = { stateTypes: [], lastingTypes: [] };

/**
 * The durable streams with the name of the time for which each is kept. What a context knows stands in its documents or its
 * journal; its stream is for those who follow it.
 */
export const STREAM_RETENTIONS: readonly (StreamRetention & { readonly name: RetentionName })[] = [
  { name: 'facts', stream: streamOf('inbox'), ...HAPPENED },
  { name: 'commands', stream: streamOf('outbound'), ...HAPPENED },
  { name: 'orders', stream: streamOf('orders'), ...HAPPENED },
  { name: 'returns', stream: streamOf('returns'), ...HAPPENED },
  {
    name: 'products',
    stream: streamOf('products'),
    stateTypes: [skuRegistered.type, skuChanged.type],
    lastingTypes: [],
  },
  {
    name: 'inventory',
    stream: streamOf('inventory'),
    stateTypes: [locationRegistered.type, channelRegistered.type],
    lastingTypes: [],
  },
  {
    name: 'operations',
    stream: streamOf('operations'),
    stateTypes: [],
    // Decisions of people, few, of which an earlier one may hold beside a later one.
    lastingTypes: [ownershipChanged.type, mappingActivated.type, mappingWithdrawn.type],
  },
];
