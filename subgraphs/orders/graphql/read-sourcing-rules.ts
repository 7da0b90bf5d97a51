import { channelId, locationId } from '../../../kernel/model/codes.ts';
import {
  DEFAULT_RULES,
  type NodeRules,
  type NodeSetting,
  type SourcingRules,
} from '../domain/sourcing/sourcing-rules.ts';
import type { SourcingNodeInput, SourcingNodeRulesInput, SourcingRulesInput } from './resolvers.generated.ts';

const NULLABLE = ['cutOff', 'distanceKmMax', 'ordersPerDay', 'unitsPerDay', 'idleMinutes', 'channels'];

/** Rules as somebody wrote them over the hub's own defaults. Whether they keep their bounds is checked afterwards. */
export function readSourcingRules(input: SourcingRulesInput): SourcingRules {
  const { defaults, nodes, postalAreas, transit, receivingDays, inTransitSlackDays, onOrderSlackDays, ...numbers } =
    input;
  return {
    ...DEFAULT_RULES,
    ...present(numbers),
    defaults: { ...DEFAULT_RULES.defaults, ...(defaults && readNodeRules(defaults)) },
    nodes: (nodes ?? []).map(readNode),
    postalAreas: (postalAreas ?? []).map((area) => ({
      ...area,
      country: area.country.toUpperCase(),
      postalPrefix: postal(area.postalPrefix),
    })),
    transit: (transit ?? []).map(({ country, postalPrefix, distanceKmMax, ...days }) => ({
      country: country?.toUpperCase() ?? null,
      postalPrefix: postalPrefix === null || postalPrefix === undefined ? null : postal(postalPrefix),
      distanceKmMax: distanceKmMax ?? null,
      ...days,
    })),
    supply: { ...DEFAULT_RULES.supply, ...present({ receivingDays, inTransitSlackDays, onOrderSlackDays }) },
  };
}

function readNode({ location, latitude, longitude, rules }: SourcingNodeInput): NodeSetting {
  const point = present({ latitude, longitude });
  return { location: locationId(location), ...point, ...(rules && readNodeRules(rules)) };
}

function readNodeRules({ channels, ...rules }: SourcingNodeRulesInput): Partial<NodeRules> {
  const named = channels ? channels.map((channel) => channelId(channel)) : channels;
  const given = Object.entries({ ...rules, channels: named }).filter(([name, value]) => {
    return value !== undefined && (value !== null || NULLABLE.includes(name));
  });
  return Object.fromEntries(given) as Partial<NodeRules>;
}

const postal = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

type Present<Fields> = { readonly [Name in keyof Fields]?: NonNullable<Fields[Name]> };

/** Without what is absent or null. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Present<Fields>;
}
