import { Type } from '@sinclair/typebox';
import { ReturnReason, Tender } from '../../../schema/events/fields.ts';
import { defineVendor, type VendorDefinition } from '../../runtime/vendor-definition.ts';
import type { Pos } from '../port.ts';
import { connectTemplate } from './connect-template.ts';

const closed = { additionalProperties: false };
const Secret = Type.String({ minLength: 1 });
const State = Type.Union([Type.Literal('FINAL'), Type.Literal('PENDING'), Type.Literal('VOID')]);

/** What the file of systems says of such a system. What is missing or misspelt there ends the start with a sentence. */
const Options = Type.Object({
  baseUrl: Type.String({ format: 'uri' }),
  accessToken: Secret,
  webhookSecret: Secret,
  mapping: Type.Object(
    {
      locations: Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 64 })),
      tenders: Type.Record(Type.String(), Tender),
      states: Type.Record(Type.String(), State),
      returnReasons: Type.Record(Type.String(), ReturnReason),
      otherReturnReason: ReturnReason,
    },
    closed,
  ),
});

export const vendor: VendorDefinition<Pos> = defineVendor(Options, (settings, { platform, webhookUrl }) => {
  const connection = connectTemplate({ ...settings, platform });
  return { connection, ensureSubscribed: () => connection.ensureSubscribed(webhookUrl) };
});
