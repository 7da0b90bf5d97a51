import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  closed,
  Code,
  ExceptionClass,
  ExceptionSeverity,
  Id,
  Instant,
  MappingRows,
  oneOf,
  OwnedQuantity,
  OwnershipDomain,
  Text,
} from './fields.ts';

export const exceptionChanged = defineEvent({
  context: 'operations',
  type: 'exception-changed',
  version: 1,
  meaning: 'An exception is now in this state. Published with every save; it is the change log of operations.',
  data: closed({
    exception: Id,
    class: ExceptionClass,
    severity: ExceptionSeverity,
    status: oneOf('OPEN', 'ASSIGNED', 'RESOLVED', 'WAIVED'),
    /** Where it stood before this change, so that who watches that status hears of it. */
    formerStatus: Type.Optional(Text),
    sku: Type.Union([Code, Type.Null()]),
    location: Type.Union([Code, Type.Null()]),
    channel: Type.Union([Code, Type.Null()]),
    summary: Text,
    changedAt: Instant,
  }),
});

export const ownershipChanged = defineEvent({
  context: 'operations',
  type: 'ownership-changed',
  version: 1,
  meaning:
    'This system, or every system when it is null, may write a quantity there from now on. Of ORCHESTRATION: it routes the orders that are placed from then on, or the hub does.',
  data: closed({
    domain: OwnershipDomain,
    quantity: OwnedQuantity,
    /** Null: wherever no rule names the location. */
    location: Type.Union([Code, Type.Null()]),
    /** Of a rule for one channel; absent: for all. */
    channel: Type.Optional(Code),
    writerSystem: Type.Union([Text, Type.Null()]),
    /** Never goes back for (domain, quantity, location). */
    ruleVersion: Type.Integer({ minimum: 1 }),
    /** Of ORCHESTRATION: for orders placed from this instant on. Absent: from now on. */
    effectiveFrom: Type.Optional(Instant),
  }),
});

export const exceptionActed = defineEvent({
  context: 'operations',
  type: 'exception-acted',
  version: 1,
  meaning:
    'Somebody asked for, agreed to, declined or ended an action on an exception. The audit trail is made of these.',
  data: closed({
    exception: Id,
    action: Id,
    kind: oneOf('REPLAY', 'REMAP', 'RESEQUENCE', 'ADJUST', 'WAIVE'),
    status: oneOf('PROPOSED', 'STARTED', 'DONE', 'FAILED', 'DECLINED'),
    /** Who brought it to this state. */
    by: Text,
    because: Text,
    outcome: Type.Union([Text, Type.Null()]),
  }),
});

export const mappingActivated = defineEvent({
  context: 'operations',
  type: 'mapping-activated',
  version: 1,
  meaning: 'From an instant on, these rows say what the values of an outside system mean.',
  data: closed({
    system: Text,
    /** The mapping set, such as `locations`. */
    domain: Text,
    mappingVersion: Type.Integer({ minimum: 1 }),
    effectiveFrom: Instant,
    /** Of two versions that are effective, the one that was decided later holds. */
    decidedAt: Instant,
    /** All of them: the value of the system, and what it means. */
    rows: MappingRows,
  }),
});

export const mappingWithdrawn = defineEvent({
  context: 'operations',
  type: 'mapping-withdrawn',
  version: 1,
  meaning: 'A version of a mapping set that was to hold from a later instant on will not.',
  data: closed({ system: Text, domain: Text, mappingVersion: Type.Integer({ minimum: 1 }) }),
});

export const OPERATIONS_EVENTS = [
  exceptionChanged,
  exceptionActed,
  ownershipChanged,
  mappingActivated,
  mappingWithdrawn,
] as const;

export type ExceptionChanged = DataOf<typeof exceptionChanged>;
export type OwnershipChanged = DataOf<typeof ownershipChanged>;
export type MappingActivated = DataOf<typeof mappingActivated>;
export type MappingWithdrawn = DataOf<typeof mappingWithdrawn>;
export type ExceptionActed = DataOf<typeof exceptionActed>;
