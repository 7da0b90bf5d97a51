import { Type } from '@sinclair/typebox';
import { MovementReason } from '../../../schema/events/fields.ts';
import { defineVendor, type VendorDefinition } from '../../runtime/vendor-definition.ts';
import type { Wms } from '../port.ts';
import { connectTemplate } from './connect-template.ts';

const Secret = Type.String({ minLength: 1 });

/** What the file of systems says of such a system. What is missing or misspelt there ends the start with a sentence. */
const Options = Type.Object({
  baseUrl: Type.String({ format: 'uri' }),
  accessToken: Secret,
  webhookSecret: Secret,
  mapping: Type.Object(
    {
      locations: Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 64 })),
      reasons: Type.Record(Type.String(), MovementReason),
    },
    { additionalProperties: false },
  ),
});

export const vendor: VendorDefinition<Wms> = defineVendor(Options, (settings, { platform, webhookUrl }) => {
  const connection = connectTemplate({ ...settings, platform });
  return { connection, ensureSubscribed: () => connection.ensureSubscribed(webhookUrl) };
});
