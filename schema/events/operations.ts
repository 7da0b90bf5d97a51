import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  closed,
  Code,
  ExceptionClass,
  ExceptionSeverity,
  Id,
  Instant,
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
  meaning: 'This system, or every system when it is null, may write a quantity there from now on.',
  data: closed({
    domain: OwnershipDomain,
    quantity: OwnedQuantity,
    /** Null: wherever no rule names the location. */
    location: Type.Union([Code, Type.Null()]),
    writerSystem: Type.Union([Text, Type.Null()]),
    /** Never goes back for (domain, quantity, location). */
    ruleVersion: Type.Integer({ minimum: 1 }),
  }),
});

export const OPERATIONS_EVENTS = [exceptionChanged, ownershipChanged] as const;

export type ExceptionChanged = DataOf<typeof exceptionChanged>;
export type OwnershipChanged = DataOf<typeof ownershipChanged>;
