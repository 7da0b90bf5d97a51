import type { NodeRules, NodeSetting, PostalArea, SourcingRules } from './sourcing-rules.ts';

/** A point on the earth, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface NodeInForce extends NodeRules {
  readonly point: Point | null;
  /** The same for locations that work at the same times. */
  readonly calendar: number;
}

/** Rules made ready for look-ups; made once for each version. */
export class Rulebook {
  readonly rules: SourcingRules;
  readonly #nodes: ReadonlyMap<string, NodeInForce>;
  readonly #others: NodeInForce;
  /** By country and prefix. */
  readonly #areas: ReadonlyMap<string, PostalArea>;

  constructor(rules: SourcingRules) {
    this.rules = rules;
    const calendars = new Map<string, number>();
    this.#others = inForce(rules, {}, calendars);
    this.#nodes = new Map(rules.nodes.map((node) => [node.location, inForce(rules, node, calendars)]));
    this.#areas = new Map(rules.postalAreas.map((area) => [areaKey(area.country, area.postalPrefix), area]));
  }

  node(location: string): NodeInForce {
    return this.#nodes.get(location) ?? this.#others;
  }

  /** The middle of the smallest postal area that a postal code lies in; null when none is known. */
  middleOf(country: string, postalCode: string): Point | null {
    for (let length = postalCode.length; length >= 0; length--) {
      const area = this.#areas.get(areaKey(country, postalCode.slice(0, length)));
      if (area) return area;
    }
    return null;
  }
}

const areaKey = (country: string, prefix: string): string => `${country}|${prefix}`;

function inForce(
  { defaults }: SourcingRules,
  { latitude, longitude, ...own }: Partial<NodeSetting>,
  calendars: Map<string, number>,
): NodeInForce {
  const point = latitude === undefined || longitude === undefined ? null : { latitude, longitude };
  const node = { ...defaults, ...own, point };
  const { cutOff, workingDays, closedOn, handlingDays } = node;
  const times = JSON.stringify([cutOff, workingDays, closedOn, handlingDays]);
  const calendar = calendars.get(times) ?? calendars.size;
  calendars.set(times, calendar);
  return { ...node, calendar };
}
