import { getDirectiveValues, isObjectType } from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { Defect } from '../../kernel/model/errors.ts';
import type { ScopeClaim, Topic } from './topic.ts';

/** What the engine has to know of a published event; `EventDefinition` in `schema/events` has it. */
export interface PublishedEvent {
  readonly context: string;
  readonly type: string;
  /** JSON Schema of the record. */
  readonly data: object;
}

/** Arguments of every subscription that are no filters. */
const CONTROLS = new Set(['after', 'minIntervalMs']);
/** Fields that the claim may restrict, the first that the record has. */
const CLAIM_FIELDS: Readonly<Record<ScopeClaim, readonly string[]>> = {
  customer: ['customer'],
  stores: ['locations', 'location'],
};

/**
 * The topics that the supergraph declares, by subscription field.
 * @throws {Defect} when a topic does not fit its event
 */
export function readTopics(supergraph: GraphQLSchema, events: readonly PublishedEvent[]): ReadonlyMap<string, Topic> {
  const directive = supergraph.getDirective('topic');
  const root = supergraph.getSubscriptionType();
  const topics = new Map<string, Topic>();
  if (!directive || !isObjectType(root)) return topics;
  for (const field of Object.values(root.getFields())) {
    const values = field.astNode && getDirectiveValues(directive, field.astNode);
    if (values) topics.set(field.name, toTopic(field, values as unknown as TopicValues, events));
  }
  return topics;
}

interface TopicValues {
  readonly event: string;
  readonly keys: readonly string[];
  readonly scope?: string;
}

function toTopic(
  field: GraphQLField<unknown, unknown>,
  { event, keys, scope }: TopicValues,
  events: readonly PublishedEvent[],
): Topic {
  const published = events.find(({ type }) => type === event);
  if (!published) throw new Defect(`The topic of ${field.name} names no published event: ${event}.`);
  const recordFields = fieldsOf(published);
  for (const key of keys) {
    if (!recordFields.has(key)) throw new Defect(`The record of ${event} has no key field ${key}.`);
  }
  const filters = new Map<string, string>();
  for (const { name } of field.args) {
    if (!CONTROLS.has(name)) filters.set(name, filteredField(name, recordFields, event));
  }
  const claims = (scope ?? '').split(' ').filter((claim) => claim !== '');
  const restrictions = new Map(claims.map((claim) => restrictionOf(claim, recordFields, event)));
  return { field: field.name, context: published.context, event, keyFields: keys, filters, restrictions };
}

function fieldsOf({ data }: PublishedEvent): ReadonlySet<string> {
  const { properties = {} } = data as { readonly properties?: object };
  return new Set(Object.keys(properties));
}

function filteredField(argument: string, recordFields: ReadonlySet<string>, event: string): string {
  const candidates = [argument, singularOf(argument), pluralOf(argument)];
  const found = candidates.find((candidate) => recordFields.has(candidate));
  if (found === undefined) throw new Defect(`The record of ${event} has nothing that ${argument} could filter on.`);
  return found;
}

function restrictionOf(claim: string, recordFields: ReadonlySet<string>, event: string): [ScopeClaim, string] {
  const candidates = CLAIM_FIELDS[claim as ScopeClaim] as readonly string[] | undefined;
  const found = candidates?.find((candidate) => recordFields.has(candidate));
  if (found === undefined)
    throw new Defect(`The record of ${event} has nothing that the claim ${claim} could restrict.`);
  return [claim as ScopeClaim, found];
}

function singularOf(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  return name.endsWith('s') ? name.slice(0, -1) : name;
}

function pluralOf(name: string): string {
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
