import { join, resolve } from 'node:path';
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { connectPlainCarrier } from '../../connectors/carrier/plain/connect-plain-carrier.ts';
import { connectBusinessCentral } from '../../connectors/erp/business-central/connect-business-central.ts';
import { connectTrytonErp } from '../../connectors/erp/tryton/connect-tryton-erp.ts';
import { connectAmazon } from '../../connectors/marketplace/amazon/connect-amazon.ts';
import { connectPlainMessenger } from '../../connectors/notification/plain/connect-plain-messenger.ts';
import { connectPlainOms } from '../../connectors/oms/plain/connect-plain-oms.ts';
import { readTemplates } from '../../connectors/notification/templates/read-templates.ts';
import { connectPlainTax } from '../../connectors/tax/plain/connect-plain-tax.ts';
import { connectPlainPsp } from '../../connectors/payment/plain/connect-plain-psp.ts';
import { connectLightspeed } from '../../connectors/pos/lightspeed/connect-lightspeed.ts';
import { connectSquare } from '../../connectors/pos/square/connect-square.ts';
import { connectShipHero } from '../../connectors/wms/shiphero/connect-ship-hero.ts';
import { connectTrytonWms } from '../../connectors/wms/tryton/connect-tryton-wms.ts';
import { findVendors } from './find-vendors.ts';
import {
  AmazonMappingSchema,
  BusinessCentralMappingSchema,
  PlainCarrierMappingSchema,
  PlainOmsMappingSchema,
  PlainPspMappingSchema,
  PosMappingSchema,
  ShipHeroMappingSchema,
  SquareMappingSchema,
  TrytonErpMappingSchema,
  TrytonWmsMappingSchema,
} from './mapping-schemas.ts';
import type { ConnectedSystem, Ports, SystemSurroundings, Vendor } from './vendor.ts';
import { BusinessCentralBooksSettings, TrytonBooksSettings } from './books-settings.ts';

const Url = Type.String({ format: 'uri' });
const Secret = Type.String({ minLength: 1 });
const Login = Type.Object({ user: Type.String({ minLength: 1 }), password: Secret }, { additionalProperties: false });
const Tryton = { baseUrl: Url, database: Type.String({ minLength: 1 }), login: Login };
const Credentials = Type.Object(
  { tokenPath: Type.String(), clientId: Type.String(), clientSecret: Secret },
  { additionalProperties: false },
);

/**
 * Every system that the file of systems may name, by `kind/vendor`: those that are named here, and those whose folder of
 * `connectors` has a `vendor.ts`.
 */
export const VENDORS: Readonly<Record<string, Vendor<keyof Ports>>> = {
  'erp/business-central': vendor(
    'erp',
    Type.Object({
      baseUrl: Url,
      companyId: Type.String(),
      credentials: Credentials,
      clientState: Secret,
      mapping: BusinessCentralMappingSchema,
      sales: Type.Optional(
        Type.Object(
          { customerNumber: Type.String({ minLength: 1 }), chargesAccount: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
      ),
      orders: Type.Optional(
        Type.Object(
          {
            customers: Type.Record(Type.String(), Type.String({ minLength: 1 })),
            chargesAccount: Type.String({ minLength: 1 }),
          },
          { additionalProperties: false },
        ),
      ),
      books: Type.Optional(BusinessCentralBooksSettings),
    }),
    (settings, { platform, webhookUrl, requestCatchUp }) => {
      const connection = connectBusinessCentral({ ...settings, platform, requestCatchUp });
      return { connection, ensureSubscribed: () => connection.ensureSubscribed(webhookUrl) };
    },
  ),
  'erp/tryton': vendor(
    'erp',
    Type.Object({
      ...Tryton,
      mapping: TrytonErpMappingSchema,
      sales: Type.Optional(Type.Object({ customer: Type.Integer({ minimum: 1 }) }, { additionalProperties: false })),
      books: Type.Optional(TrytonBooksSettings),
      comparedLocations: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    }),
    (settings, { platform }) => ({ connection: connectTrytonErp({ ...settings, platform }) }),
  ),
  'wms/shiphero': vendor(
    'wms',
    Type.Object({ baseUrl: Url, accessToken: Secret, webhookSecret: Secret, mapping: ShipHeroMappingSchema }),
    async (settings, { platform }) => ({ connection: await connectShipHero({ ...settings, platform }) }),
  ),
  'wms/tryton': vendor(
    'wms',
    Type.Object({ ...Tryton, customer: Type.Integer({ minimum: 1 }), mapping: TrytonWmsMappingSchema }),
    async (settings, { platform }) => ({ connection: await connectTrytonWms({ ...settings, platform }) }),
  ),
  'pos/square': vendor(
    'pos',
    Type.Object({ baseUrl: Url, accessToken: Secret, signatureKey: Secret, mapping: SquareMappingSchema }),
    async (settings, { platform, webhookUrl }) => ({
      connection: await connectSquare({ ...settings, notificationUrl: webhookUrl, platform }),
    }),
  ),
  'pos/lightspeed': vendor(
    'pos',
    Type.Object({ baseUrl: Url, accessToken: Secret, clientSecret: Secret, mapping: PosMappingSchema }),
    (settings, { platform }) => ({ connection: connectLightspeed({ ...settings, platform }) }),
  ),
  'tax/plain': vendor('tax', Type.Object({ baseUrl: Url, accessToken: Secret }), (settings, { platform }) => ({
    connection: connectPlainTax({ ...settings, platform }),
  })),
  'payment/plain': vendor(
    'payment',
    Type.Object({ baseUrl: Url, accessToken: Secret, webhookSecret: Secret, mapping: PlainPspMappingSchema }),
    (settings, { platform }) => ({ connection: connectPlainPsp({ ...settings, platform }) }),
  ),
  'carrier/plain': vendor(
    'carrier',
    Type.Object({ baseUrl: Url, accessToken: Secret, webhookSecret: Secret, mapping: PlainCarrierMappingSchema }),
    (settings, { platform }) => ({ connection: connectPlainCarrier({ ...settings, platform }) }),
  ),
  'oms/plain': vendor(
    'oms',
    Type.Object({ baseUrl: Url, accessToken: Secret, webhookSecret: Secret, mapping: PlainOmsMappingSchema }),
    (settings, { platform }) => ({ connection: connectPlainOms({ ...settings, platform }) }),
  ),
  'marketplace/amazon': vendor(
    'marketplace',
    Type.Object({
      baseUrl: Url,
      loginUrl: Url,
      login: Type.Object(
        { clientId: Type.String({ minLength: 1 }), clientSecret: Secret, refreshToken: Secret },
        { additionalProperties: false },
      ),
      sellerId: Type.String({ minLength: 1 }),
      apiKey: Secret,
      mapping: AmazonMappingSchema,
      eventBus: Type.Optional(
        Type.Object({ accountId: Type.String(), region: Type.String() }, { additionalProperties: false }),
      ),
      offersStock: Type.Optional(Type.Boolean()),
      acknowledgeWithinMs: Type.Optional(Type.Integer({ minimum: 60_000 })),
      ratesTimes: Type.Optional(Type.Number({ minimum: 1, maximum: 1_000 })),
    }),
    async (settings, { platform }) => {
      const connection = await connectAmazon({ ...settings, platform });
      return { connection, ensureSubscribed: connection.ensureSubscribed };
    },
  ),
  'notification/plain': vendor(
    'notification',
    Type.Object({ baseUrl: Url, accessToken: Secret, templates: Type.String({ minLength: 1 }) }),
    ({ templates, ...settings }, { platform }) => ({
      connection: connectPlainMessenger({ ...settings, templates: readTemplates(resolve(templates)), platform }),
    }),
  ),
  ...(await findVendors(join(import.meta.dirname, '../../connectors'))),
};

function vendor<Kind extends keyof Ports, Options extends TSchema>(
  kind: Kind,
  options: Options,
  connect: (
    settings: Static<Options> & { readonly system: string },
    surroundings: SystemSurroundings,
  ) => ConnectedSystem<Kind> | Promise<ConnectedSystem<Kind>>,
): Vendor<Kind> {
  return { kind, options, connect: async (settings, surroundings) => connect(settings, surroundings) };
}
