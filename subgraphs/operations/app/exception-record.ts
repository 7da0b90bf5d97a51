import type { OutboxEvent } from '../../../kernel/ports/documents.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import { exceptionChanged, type ExceptionChanged } from '../../../schema/events/operations.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import type { ExceptionState } from '../domain/exception-state.ts';

/** An exception as its subscribers see it after a change. */
export function exceptionRecordOf(state: ExceptionState, previous?: ExceptionState): ExceptionChanged {
  const { id, severity, status, sku, location, channel, summary, changedAtMs } = state;
  return {
    exception: id,
    class: state.class,
    severity,
    status,
    ...(previous && previous.status !== status && { formerStatus: previous.status }),
    sku,
    location,
    channel,
    summary,
    changedAt: new Date(changedAtMs).toISOString(),
  };
}

/** What others are told with a save. */
export function publicationsOf(
  { ids }: Pick<Platform, 'ids'>,
  state: ExceptionState,
  previous: ExceptionState | undefined,
): readonly OutboxEvent[] {
  const id = ids.next();
  const { changedAtMs, correlationId } = state;
  const source = { system: 'operations', eventId: id };
  const told = { id, key: state.id, source, occurredAtMs: changedAtMs, recordedAtMs: changedAtMs, correlationId };
  return [publicationOf(exceptionChanged, { ...told, data: exceptionRecordOf(state, previous) })];
}
