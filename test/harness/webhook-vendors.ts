import { createHmac } from 'node:crypto';
import { DEMO_SECRETS, DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import type { DemoHub } from './open-demo-hub.ts';

interface Signed {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a vendor proves that a webhook is its own. */
interface Vendor {
  readonly system: string;
  readonly path: string;
  readonly key: string;
  /** False where the proof is a text that the body carries. */
  readonly signsBody: boolean;
  /** What the message changes once it is believed. */
  readonly changes: readonly ('positions' | 'orders')[];
  /** A message of which the hub has not been told. */
  write(demo: DemoHub): Promise<string>;
  sign(body: string, key: string, hubUrl: string): Signed;
}

const hmac = (key: string, text: string, encoding: 'base64' | 'hex') =>
  createHmac('sha256', key).update(text).digest(encoding);
const vendorOf = (name: keyof typeof DEMO_SECRETS, changes: Vendor['changes']) => ({
  changes,
  system: DEMO_SYSTEMS[name],
  path: `/webhooks/${DEMO_SYSTEMS[name]}`,
  key: DEMO_SECRETS[name],
  signsBody: name !== 'erp',
});
const LAMP_SOLD = [{ sku: 'LAMP', quantity: '1' }];

export const WEBHOOK_VENDORS: readonly Vendor[] = [
  {
    ...vendorOf('wms', ['positions']),
    write: async () => {
      const lines = [{ sku: 'LAMP', warehouse: 'DC-NORTH', quantity: '99', status: 'available', bin: 'A' }];
      return JSON.stringify({
        message_id: 'forged-1',
        webhook_type: 'inventory_receipt',
        account_id: 'any',
        warehouse: 'DC-NORTH',
        sequence: 1,
        occurred_at: new Date().toISOString(),
        data: { receipt_id: 'r-1', reference: 'PO-FORGED', lines },
      });
    },
    sign: (body, key) => ({ body, headers: { 'x-shiphero-hmac-sha256': hmac(key, body, 'base64') } }),
  },
  {
    ...vendorOf('square', ['positions', 'orders']),
    write: async (demo) => {
      const { square } = demo.retailer;
      square.faults.set({ drop: 1 });
      const { orderId } = square.ringUpSale({ locationCode: 'STORE-LEEDS', lines: LAMP_SOLD });
      return JSON.stringify({
        merchant_id: 'any',
        type: 'order.created',
        event_id: 'forged-1',
        created_at: new Date().toISOString(),
        data: { type: 'order_created', id: orderId, object: { order_created: { order_id: orderId } } },
      });
    },
    sign: (body, key, hubUrl) => {
      const url = `${hubUrl}/webhooks/${DEMO_SYSTEMS.square}`;
      return { body, headers: { 'x-square-hmacsha256-signature': hmac(key, url + body, 'base64') } };
    },
  },
  {
    ...vendorOf('lightspeed', ['positions', 'orders']),
    write: async (demo) => {
      const { lightspeed } = demo.retailer;
      lightspeed.faults.set({ drop: 1 });
      const { saleId } = lightspeed.ringUpSale({ locationCode: 'STORE-BATH', lines: LAMP_SOLD });
      const answer = await fetch(`${lightspeed.url}/api/2.0/sales/${saleId}`, {
        headers: { authorization: 'Bearer lightspeed-token' },
      });
      const { data } = (await answer.json()) as { data: object };
      return new URLSearchParams({ payload: JSON.stringify(data), type: 'sale.update' }).toString();
    },
    sign: (body, key) => ({
      body,
      headers: { 'x-signature': `signature=${hmac(key, body, 'hex')},algorithm=HMAC-SHA256` },
    }),
  },
  {
    ...vendorOf('erp', []),
    write: async (demo) =>
      JSON.stringify({
        value: [
          {
            subscriptionId: 'any',
            clientState: 'CLIENT-STATE',
            expirationDateTime: '2099-01-01T00:00:00.000Z',
            resource: `api/v2.0/companies(${demo.retailer.erp.companyId})/items`,
            changeType: 'collection',
            lastModifiedDateTime: new Date().toISOString(),
          },
        ],
      }),
    sign: (body, key) => ({ body: body.replace('CLIENT-STATE', key), headers: {} }),
  },
];
