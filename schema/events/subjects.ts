import type { EventDefinition, PublishingContext } from './event-definition.ts';

/** The durable stream that holds the events of a context. */
export function streamOf(context: PublishingContext): string {
  return `${context.toUpperCase()}_EVENTS`;
}

/**
 * The subject of an event: `stockwire.<context>.p<00-63>.<event>`. The key itself travels in a header, so no stream
 * ever holds a subject per SKU, order or location.
 */
export function subjectOf(definition: Pick<EventDefinition, 'context' | 'type'>, partition: number): string {
  return `stockwire.${definition.context}.p${String(partition).padStart(2, '0')}.${definition.type}`;
}

/** The subject of a command or question that a context answers: `stockwire-rpc.<context>.<verb-noun>`. */
export function rpcSubjectOf(context: string, command: string): string {
  return `stockwire-rpc.${context}.${command}`;
}
