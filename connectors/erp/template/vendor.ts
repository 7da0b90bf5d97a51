import { Type } from '@sinclair/typebox';
import { itemRecorded, locationRecorded } from '../../../schema/events/inbox.ts';
import { defineVendor, type VendorDefinition } from '../../runtime/vendor-definition.ts';
import type { Erp } from '../port.ts';
import { connectTemplate } from './connect-template.ts';

const Secret = Type.String({ minLength: 1 });
const { type, capabilities } = locationRecorded.data.properties;

/** What the file of systems says of such a system. What is missing or misspelt there ends the start with a sentence. */
const Options = Type.Object({
  baseUrl: Type.String({ format: 'uri' }),
  accessToken: Secret,
  webhookSecret: Secret,
  mapping: Type.Object(
    {
      units: Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 10 })),
      locationTypes: Type.Record(Type.String(), type),
      capabilities: Type.Record(Type.String(), capabilities),
      lifecycles: Type.Record(Type.String(), itemRecorded.data.properties.lifecycle),
    },
    { additionalProperties: false },
  ),
});

export const vendor: VendorDefinition<Erp> = defineVendor(Options, (settings, { platform, webhookUrl }) => {
  const connection = connectTemplate({ ...settings, platform });
  return { connection, ensureSubscribed: () => connection.ensureSubscribed(webhookUrl) };
});
