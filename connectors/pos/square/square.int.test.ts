import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { SquareSimulator } from '../../simulators/pos-square/square-simulator.ts';
import type { Connection } from '../../runtime/connection.ts';
import type { WebhookRequest } from '../../runtime/inbound.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { InvalidSignature } from '../../runtime/signature.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { posContract, type PosUnderTest } from '../port.contract.ts';
import type { Pos } from '../port.ts';
import { squareReceiver } from './square-intake.ts';
import {
  connectTestSquare as connect,
  SQUARE_ACCOUNT,
  squareContract,
  squareMapping as mappingFor,
  startSquare as start,
} from './testing/square-account.ts';

const { store: STORE, otherStore: OTHER_STORE, piece: PIECE, weighed: WEIGHED, signatureKey: KEY } = SQUARE_ACCOUNT;

afterEach(() => {
  expect(squareContract?.takeFaults() ?? []).toEqual([]);
});

async function open(): Promise<PosUnderTest> {
  const simulator = await start();
  const receipts: string[] = [];
  const sell: PosUnderTest['sell'] = (sale) => simulator.ringUpSale({ locationCode: STORE, ...sale }).receiptNumber;
  const takeBack: PosUnderTest['takeBack'] = ({ original, ...returned }) =>
    simulator.ringUpReturn({ locationCode: STORE, ...(original && { originalReceiptNumber: original }), ...returned })
      .receiptNumber;
  return {
    simulator,
    system: 'pos-high-street',
    location: STORE,
    timeZone: SQUARE_ACCOUNT.timeZone,
    piece: PIECE,
    weighed: WEIGHED,
    isFeedComplete: true,
    doWebhooksTell: false,
    sell,
    takeBack,
    connect: (options) => connect(simulator, options),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({
        url: webhookUrl,
        signatureKey: isForged ? 'a guess' : KEY,
        eventTypes: ['order.created', 'order.updated', 'refund.created'],
      }),
    makeFact: (ordinal) => {
      const lines = [{ sku: PIECE, quantity: '1', unitPriceMinor: 1_000 + ordinal }];
      if (ordinal % 3 === 0)
        takeBack({ original: receipts.at(-1) ?? '', lines: [{ ...lines[0], unitPriceMinor: 999 } as never] });
      else receipts.push(sell({ lines }));
    },
  };
}

posContract('Square', open);
connectionContract('Square', open);

describe('Square', () => {
  let platform: TestPlatform;
  let square: SquareSimulator;
  let connection: Connection<Pos>;

  beforeEach(async () => {
    platform = await openTestPlatform();
    square = await start();
    connection = await connect(square, { platform });
  });

  afterEach(async () => {
    await connection.close();
    await square.close();
    await platform.close();
  });

  const sell = () => square.ringUpSale({ locationCode: STORE, lines: [{ sku: PIECE, quantity: '1' }] });
  const webhook = (body: unknown) => ({
    headers: {},
    query: new URLSearchParams(),
    rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });
  const told = (orderId: string) => webhook({ type: 'order.updated', data: { id: orderId, object: {} } });

  test('looks an order up when it is told of it, and its catalogue once', async () => {
    const first = sell();
    const second = sell();
    expect(await connection.receiver.normalise(told(first.orderId))).toMatchObject([
      { eventId: `order:${first.orderId}`, data: { externalId: first.receiptNumber } },
    ]);
    await connection.receiver.normalise(told(second.orderId));
    expect(square.countOf('POST /v2/orders/batch-retrieve')).toBe(2);
    expect(square.countOf('POST /v2/catalog/batch-retrieve')).toBe(1);
  });

  test('asks to be told again of an order that is not to be found yet', async () => {
    await expect(connection.receiver.normalise(told('NOT-THERE'))).rejects.toThrow(UpstreamUnavailable);
  });

  test('takes what is signed over its address and body, byte for byte, and nothing else', () => {
    // Worked out by hand with openssl: the key signs the address, then the body as it came.
    const notificationUrl = 'https://hub.example/webhooks/pos-high-street';
    const rawBody = Buffer.from('{"hello":"world"}');
    const signed = (header: string | undefined, body = rawBody) => ({
      headers: header === undefined ? {} : { 'x-square-hmacsha256-signature': header },
      query: new URLSearchParams(),
      rawBody: body,
    });
    const receiver = squareReceiver({ api: { system: 'pos' }, signatureKey: 'asdf1234', notificationUrl } as never);
    const verify = (request: WebhookRequest): void => receiver.verify(request);
    const signature = '3tYkvt2ZcfJjMclY+APCE/LWx1uHn4BP39lD0BQ4L9g=';
    expect(() => verify(signed(signature))).not.toThrow();
    for (const wrong of [undefined, '', signature.toLowerCase(), signature.slice(1)]) {
      expect(() => verify(signed(wrong))).toThrow(InvalidSignature);
    }
    expect(() => verify(signed(signature, Buffer.from('{"hello": "world"}')))).toThrow(InvalidSignature);
  });

  test('leaves notifications of other things alone', async () => {
    expect(await connection.receiver.normalise(webhook({ type: 'catalog.version.updated', data: { id: '' } }))).toEqual(
      [],
    );
    expect(square.requests()).toEqual([]);
  });

  test('keeps what is signed and no notification under the hash of its body', async () => {
    expect(await connection.receiver.normalise(webhook('{'))).toMatchObject([
      { eventId: expect.stringMatching(/^body:/) },
    ]);
  });

  test('reads a page of sales and returns with one call for each kind of thing', async () => {
    for (let sale = 0; sale < 20; sale++) {
      const { receiptNumber } = sell();
      const lines = [{ sku: PIECE, quantity: '1' }];
      square.ringUpReturn({ locationCode: STORE, originalReceiptNumber: receiptNumber, lines });
    }
    expect((await connection.feeds[0]?.read(0))?.messages).toHaveLength(40);
    expect(square.requests().map(({ route }) => route)).toEqual([
      'POST /v2/orders/search',
      'POST /v2/orders/batch-retrieve',
      'POST /v2/catalog/batch-retrieve',
    ]);
  });

  test('answers whole although members of its batches fail now and then', async () => {
    for (let sale = 0; sale < 20; sale++) sell();
    const { messages = [] } = (await connection.feeds[0]?.read(0)) ?? {};
    const numbers = messages.map((message) => (message as { data: { externalId: string } }).data.externalId);
    square.faults.set({ partialFailure: 0.2 });
    expect((await connection.port.lookUpReceipts(numbers)).size).toBe(20);
  });

  test('takes a refund without goods for no news of the sale', async () => {
    const { orderId } = sell();
    const facts = async () =>
      (await connection.receiver.normalise(told(orderId))).map((message) => ({ ...message, origin: undefined }));
    const before = await facts();
    const response = await fetch(`${square.url}/v2/orders/${orderId}`, {
      headers: { authorization: 'Bearer square-token' },
    });
    const { order } = (await response.json()) as { order: { tenders: { payment_id: string }[] } };
    await fetch(`${square.url}/v2/refunds`, {
      method: 'POST',
      headers: { authorization: 'Bearer square-token', 'content-type': 'application/json' },
      body: JSON.stringify({
        idempotency_key: 'k',
        payment_id: order.tenders[0]?.payment_id,
        amount_money: { amount: 1, currency: 'GBP' },
      }),
    });
    expect(await facts()).toEqual(before);
  });

  test('cannot read the sales of a store that is not mapped', async () => {
    sell();
    const mapping = mappingFor(square);
    const locations = { [square.locationId(STORE)]: 'X' };
    const poor = await connect(square, { platform, mapping: { ...mapping, tenders: {}, locations } });
    expect((await poor.feeds[0]?.read(0))?.messages).toMatchObject([{ reason: 'tender type "CARD" is not mapped.' }]);
    await poor.close();
    const orderId = square.ringUpSale({
      locationCode: OTHER_STORE,
      lines: [{ sku: PIECE, quantity: '1' }],
    }).orderId;
    const elsewhere = await connect(square, { platform, mapping: { ...mapping, locations } });
    expect(await elsewhere.receiver.normalise(told(orderId))).toMatchObject([
      { reason: expect.stringMatching(/^location ".+" is not mapped\.$/) },
    ]);
    await elsewhere.close();
  });
});
