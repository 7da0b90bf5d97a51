import type { ChangeFilter } from '../../kernel/model/change-filter.ts';
import { Refusal } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';
import type { ScopeClaim, Topic } from './topic.ts';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * What a caller gets to see of a topic: a record that matches one of the filters. There are two when the caller is a
 * customer as well as a store.
 * @throws {Refusal} FORBIDDEN when its claims let it see nothing, or not what it asks for; BAD_USER_INPUT when it asks
 * for everything of a topic that has filters; OPERATION_LIMIT_EXCEEDED for too many values
 */
export function filtersFor(
  topic: Topic,
  args: Arguments,
  identity: Identity,
  limits: Pick<SubscriptionLimits, 'filterValuesMax'>,
): readonly ChangeFilter[] {
  const asked = askedOf(topic, args, limits);
  const restrictions = restrictionsOf(topic, identity);
  if (restrictions === undefined) {
    if (topic.filters.size > 0 && Object.keys(asked).length === 0) throw tooWide(topic);
    return [asked];
  }
  if (restrictions.length === 0) {
    throw forbidden(topic, `The token has none of the claims ${[...topic.restrictions.keys()].join(', ')}.`);
  }
  const filters = restrictions
    .map(({ field, values }) => restrict(asked, field, values))
    .filter((filter) => filter !== undefined);
  if (filters.length === 0) throw forbidden(topic, 'The token does not reach what is asked for.');
  return filters;
}

function askedOf(
  topic: Topic,
  args: Arguments,
  { filterValuesMax }: Pick<SubscriptionLimits, 'filterValuesMax'>,
): ChangeFilter {
  const asked: Record<string, readonly string[]> = {};
  for (const [argument, field] of topic.filters) {
    const given = args[argument];
    if (given === undefined || given === null) continue;
    const values = [...new Set((Array.isArray(given) ? given : [given]).map(String))].sort();
    if (values.length > filterValuesMax) {
      throw new Refusal('OPERATION_LIMIT_EXCEEDED', `${argument} holds more than ${filterValuesMax} values.`, {
        limit: 'filterValuesMax',
        max: filterValuesMax,
        argument,
      });
    }
    const before = asked[field];
    asked[field] = before ? values.filter((value) => before.includes(value)) : values;
  }
  return asked;
}

interface Restriction {
  readonly field: string;
  readonly values: readonly string[];
}

/** Undefined: nothing is restricted. */
function restrictionsOf(topic: Topic, identity: Identity): readonly Restriction[] | undefined {
  if (topic.restrictions.size === 0 || identity.stores === '*') return undefined;
  return [...topic.restrictions].flatMap(([claim, field]): Restriction[] => {
    const values = valuesOf(claim, identity);
    return values.length > 0 ? [{ field, values }] : [];
  });
}

function valuesOf(claim: ScopeClaim, { customer, stores }: Identity): readonly string[] {
  if (claim === 'customer') return customer === undefined ? [] : [customer];
  return stores === '*' ? [] : [...new Set(stores)].sort();
}

/** Who asks for what is not its own is told so, instead of being shown the part that is. */
function restrict(asked: ChangeFilter, field: string, values: readonly string[]): ChangeFilter | undefined {
  const already = asked[field];
  if (!already) return { ...asked, [field]: values };
  return already.every((value) => values.includes(value)) ? asked : undefined;
}

function tooWide({ field, filters }: Topic): Refusal {
  return new Refusal('BAD_USER_INPUT', `${field} needs one of ${[...filters.keys()].join(', ')}.`, { field });
}

function forbidden({ field }: Topic, why: string): Refusal {
  return new Refusal('FORBIDDEN', `${field} cannot be subscribed to. ${why}`, { field });
}
