import { createHash } from 'node:crypto';
import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { commandSettled, systemRecovered, systemStalled } from '../../../schema/events/outbound.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { closeException } from '../domain/close-exception.ts';
import { raiseException } from '../domain/raise-exception.ts';
import { changeException } from './change-exception.ts';
import type { OperationsParts } from './operations-parts.ts';

/** Begins to hear of commands that were given up, and of systems that do none. */
export function consumeOutbound(parts: OperationsParts): Promise<Consumer> {
  const { limits, platform } = parts;
  const handlers: Readonly<Record<string, (parts: OperationsParts, envelope: EventEnvelope) => Promise<void>>> = {
    [commandSettled.type]: settled,
    [systemStalled.type]: stalled,
    [systemRecovered.type]: recovered,
  };
  return platform.streams.consume({
    durable: 'operations-outbound',
    stream: streamOf('outbound'),
    types: Object.keys(handlers),
    from: 'first',
    concurrencyMax: limits.eventsConcurrencyMax,
    deliveriesMax: limits.eventDeliveriesMax,
    backoffMinMs: limits.eventBackoffMinMs,
    backoffMaxMs: limits.eventBackoffMaxMs,
    handle: async ({ envelope }) => handlers[envelope.type]?.(parts, envelope),
  });
}

async function settled(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const told = readEvent(commandSettled, envelope);
  const { system, key, name, status, attempts, message = '' } = told;
  const id = `command-${digestOf([system, key])}`;
  const atMs = Date.parse(envelope.recordedAt);
  await changeException(parts, id, (known) => {
    if (status !== 'DEAD') {
      const because = status === 'DONE' ? 'It was done.' : 'It was given up for good, or the system refused it.';
      return known && closeException(known, 'RESOLVED', { atMs, by: commandSettled.context, because });
    }
    if (known?.told.eventId === envelope.id) return known;
    return raiseException(
      known,
      {
        id,
        class: 'COMMAND_GIVEN_UP',
        severity: 'HIGH',
        summary: `${name} was tried ${attempts} times at ${system}: ${message}`,
        ...NOTHING_TOUCHED,
        source: system,
        evidence: key,
        subject: { type: 'COMMAND', system, key },
        correlationId: envelope.correlationId,
        told: { eventId: envelope.id, atMs },
      },
      parts.limits.escalateAfterMs,
    );
  });
}

async function stalled(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { system, since, waiting, because } = readEvent(systemStalled, envelope);
  const id = `system-${digestOf([system])}`;
  const told = { eventId: envelope.id, atMs: Date.parse(envelope.recordedAt) };
  await changeException(parts, id, (known) => {
    if (known && known.told.atMs >= told.atMs) return known;
    return raiseException(
      known,
      {
        id,
        class: 'SYSTEM_STALLED',
        severity: 'HIGH',
        summary: `${system} has done nothing since ${since} while ${waiting} commands wait: ${because}`,
        ...NOTHING_TOUCHED,
        source: system,
        evidence: system,
        subject: { type: 'SYSTEM', system },
        correlationId: envelope.correlationId,
        told,
      },
      parts.limits.escalateAfterMs,
    );
  });
}

async function recovered(parts: OperationsParts, envelope: EventEnvelope): Promise<void> {
  const { system } = readEvent(systemRecovered, envelope);
  const closing = {
    atMs: Date.parse(envelope.recordedAt),
    by: systemRecovered.context,
    because: 'It does them again.',
  };
  await changeException(
    parts,
    `system-${digestOf([system])}`,
    (known) => known && closeException(known, 'RESOLVED', closing),
  );
}

const NOTHING_TOUCHED = { quantity: null, sku: null, location: null, channel: null, orders: [] };

function digestOf(names: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url');
}
