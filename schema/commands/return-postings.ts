import { Type } from '@sinclair/typebox';
import { closed, Id } from '../events/fields.ts';
import { defineCommand } from './command-definition.ts';

export const replayPostings = defineCommand({
  context: 'returns',
  name: 'replay-postings',
  version: 1,
  meaning:
    'Hands what the ERP has refused of a return to it once more, and what was given up back to its queue. What it holds already is not posted again.',
  request: closed({ return: Id }),
  reply: closed({ postings: Type.Integer({ minimum: 0 }) }),
});
