import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Id, Instant, oneOf, Text } from './fields.ts';
import { OUTBOUND_SALES_EVENTS } from './outbound-sales.ts';

/* What becomes of the commands that the hub gives to outside systems. */

export const commandSettled = defineEvent({
  context: 'outbound',
  type: 'command-settled',
  version: 1,
  meaning: 'A command to an outside system was done, was refused for good, or was given up until a person decides.',
  data: closed({
    system: Text,
    key: Id,
    name: Text,
    /** How its sender knows it. */
    ref: Id,
    status: oneOf('DONE', 'REFUSED', 'DEAD'),
    attempts: Type.Integer({ minimum: 0 }),
    /** Absent when it was done. */
    code: Type.Optional(Text),
    message: Type.Optional(Text),
  }),
});

export const systemStalled = defineEvent({
  context: 'outbound',
  type: 'system-stalled',
  version: 1,
  meaning: 'Commands wait for an outside system that has not been doing any for a while.',
  data: closed({ system: Text, since: Instant, waiting: Type.Integer({ minimum: 1 }), because: Text }),
});

export const systemRecovered = defineEvent({
  context: 'outbound',
  type: 'system-recovered',
  version: 1,
  meaning: 'An outside system for which commands had to wait does them again.',
  data: closed({ system: Text }),
});

export const OUTBOUND_EVENTS = [commandSettled, systemStalled, systemRecovered, ...OUTBOUND_SALES_EVENTS] as const;

export type CommandSettled = DataOf<typeof commandSettled>;
