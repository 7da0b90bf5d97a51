import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, Money, Text } from './fields.ts';

/* How the books follow returns; a part of the events of returns. */

/** One open exception per return; the same id again tells its newest figures. */
export const returnPostingFailed = defineEvent({
  context: 'returns',
  type: 'return-posting-failed',
  version: 1,
  meaning: 'The books cannot follow a return by themselves. Goods that came back on the shelf by it are held.',
  data: closed({
    exceptionId: Id,
    return: Id,
    /** Null for a blind return. */
    order: Type.Union([Id, Type.Null()]),
    /** Where goods are held; absent: none are. */
    location: Type.Optional(Code),
    /** The ERP. */
    system: Text,
    /** The posting. */
    evidence: Text,
    /** What is not in the books. */
    amount: Money,
    summary: Text,
  }),
});

export const returnPostingRecovered = defineEvent({
  context: 'returns',
  type: 'return-posting-recovered',
  version: 1,
  meaning: 'The books have all of a return where they had not.',
  data: closed({ exceptionId: Id, because: Text }),
});

export const RETURN_POSTING_EVENTS = [returnPostingFailed, returnPostingRecovered] as const;

export type ReturnPostingFailed = DataOf<typeof returnPostingFailed>;
