import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { SOURCING_RULES_LIMITS as LIMITS, type NodeRules, type SourcingRules } from './sourcing-rules.ts';

/** One thing that has to hold: the field, and whether it does. */
type Check = readonly [field: string, holds: boolean];

/** What is wrong with rules, if anything is: the first field that is. */
export function checkSourcingRules(rules: SourcingRules): RefusalValue | undefined {
  const fault = [...checksOf(rules)].find(([, holds]) => !holds);
  return fault && refuse('BAD_USER_INPUT', `${fault[0]} is out of its bounds.`, { field: fault[0], limits: LIMITS });
}

function* checksOf(rules: SourcingRules): Iterable<Check> {
  const { costMinorMax, daysMax } = LIMITS;
  for (const field of ['rankCostMinor', 'splitPenaltyMinor', 'perDayMinor'] as const) {
    yield [field, isCount(rules[field], costMinorMax)];
  }
  yield ['perKmMinor', isBetween(rules.perKmMinor, 0, costMinorMax)];
  yield ['lineNodesMax', rules.lineNodesMax >= 1 && isCount(rules.lineNodesMax, LIMITS.lineNodesMax)];
  yield ['capacityDaysMax', rules.capacityDaysMax >= 1 && isCount(rules.capacityDaysMax, LIMITS.capacityDaysMax)];
  yield ['deliveryDays', areWeekdays(rules.deliveryDays)];
  for (const field of ['receivingDays', 'inTransitSlackDays', 'onOrderSlackDays'] as const) {
    yield [`supply.${field}`, isCount(rules.supply[field], daysMax)];
  }
  yield* nodeChecks('defaults', rules.defaults);
  yield* listChecks(rules);
}

function* listChecks({ nodes, postalAreas, transit }: SourcingRules): Iterable<Check> {
  yield ['nodes', nodes.length <= LIMITS.nodesMax];
  yield ['nodes.location', new Set(nodes.map(({ location }) => location)).size === nodes.length];
  for (const { latitude, longitude, location, ...own } of nodes) {
    const at = `nodes.${location}`;
    yield [`${at}.latitude`, (latitude === undefined) === (longitude === undefined)];
    yield [`${at}.latitude`, latitude === undefined || isBetween(latitude, -90, 90)];
    yield [`${at}.longitude`, longitude === undefined || isBetween(longitude, -180, 180)];
    yield* nodeChecks(at, own);
  }
  yield ['postalAreas', postalAreas.length <= LIMITS.postalAreasMax];
  for (const { country, postalPrefix, latitude, longitude } of postalAreas) {
    yield ['postalAreas.country', isCountry(country)];
    yield ['postalAreas.postalPrefix', isPostal(postalPrefix)];
    yield ['postalAreas.latitude', isBetween(latitude, -90, 90) && isBetween(longitude, -180, 180)];
  }
  yield ['transit', transit.length <= LIMITS.transitMax];
  for (const { country, postalPrefix, distanceKmMax, earliestDays, latestDays } of transit) {
    yield ['transit.country', country === null || isCountry(country)];
    yield ['transit.postalPrefix', postalPrefix === null || isPostal(postalPrefix)];
    yield ['transit.distanceKmMax', distanceKmMax === null || isBetween(distanceKmMax, 0, LIMITS.distanceKmMax)];
    yield ['transit.latestDays', isCount(latestDays, LIMITS.daysMax)];
    yield ['transit.earliestDays', isCount(earliestDays, latestDays)];
  }
}

function* nodeChecks(at: string, node: Partial<NodeRules>): Iterable<Check> {
  const { cutOff = null, workingDays, closedOn = [], channels = null, distanceKmMax = null } = node;
  yield [`${at}.cutOff`, cutOff === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(cutOff)];
  yield [`${at}.workingDays`, workingDays === undefined || areWeekdays(workingDays)];
  yield [`${at}.closedOn`, closedOn.length <= LIMITS.closedDaysMax && closedOn.every(isDay)];
  yield [`${at}.channels`, channels === null || channels.length <= LIMITS.channelsMax];
  yield [`${at}.handlingDays`, isCount(node.handlingDays ?? 0, LIMITS.daysMax)];
  yield [`${at}.parcelCostMinor`, isCount(node.parcelCostMinor ?? 0, LIMITS.costMinorMax)];
  yield [`${at}.unitCostMinor`, isCount(node.unitCostMinor ?? 0, LIMITS.costMinorMax)];
  yield [`${at}.distanceKmMax`, distanceKmMax === null || isBetween(distanceKmMax, 0, LIMITS.distanceKmMax)];
  yield [`${at}.ordersPerDay`, isCount(node.ordersPerDay ?? 0, LIMITS.countMax)];
  yield [`${at}.unitsPerDay`, isCount(node.unitsPerDay ?? 0, LIMITS.countMax)];
  const { idleMinutes = null } = node;
  yield [
    `${at}.idleMinutes`,
    idleMinutes === null || (idleMinutes >= 1 && isCount(idleMinutes, LIMITS.idleMinutesMax)),
  ];
}

const isBetween = (value: number, min: number, max: number): boolean =>
  Number.isFinite(value) && value >= min && value <= max;

const isCount = (value: number, max: number): boolean => Number.isInteger(value) && isBetween(value, 0, max);

const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text);

const isPostal = (text: string): boolean => /^[A-Z0-9-]{0,12}$/.test(text);

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** At least one, each once. */
const areWeekdays = (days: readonly number[]): boolean =>
  days.length > 0 && new Set(days).size === days.length && days.every((day) => day >= 1 && isCount(day, 7));
