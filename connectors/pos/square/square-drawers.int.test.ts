import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { SquareSimulator } from '../../simulators/pos-square/square-simulator.ts';
import type { SquareConnection } from './connect-square.ts';
import { connectTestSquare, SQUARE_ACCOUNT, squareContract, startSquare } from './testing/square-account.ts';

const { store: STORE, piece: PIECE } = SQUARE_ACCOUNT;
const DAY = '2026-07-01';
const NOON_MS = Date.parse('2026-07-01T12:00:00Z');
const DAY_MS = 86_400_000;

describe('the cash drawers of a Square account', () => {
  let clock: FakeClock;
  let platform: TestPlatform;
  let square: SquareSimulator;
  let connection: SquareConnection;

  beforeEach(async () => {
    clock = new FakeClock(NOON_MS);
    platform = await openTestPlatform({ clock });
    square = await startSquare({ now: () => clock.nowMs() });
    connection = await connectTestSquare(square, { platform });
  });

  afterEach(async () => {
    await connection.close();
    await square.close();
    await platform.close();
    expect(squareContract?.takeFaults() ?? []).toEqual([]);
  });

  const sell = (tender: 'CARD' | 'CASH', unitPriceMinor: number, register = 1): string =>
    square.ringUpSale({ locationCode: STORE, register, tender, lines: [{ sku: PIECE, quantity: '1', unitPriceMinor }] })
      .receiptNumber;
  const takeBack = (originalReceiptNumber: string, unitPriceMinor: number): void => {
    const lines = [{ sku: PIECE, quantity: '1', unitPriceMinor }];
    square.ringUpReturn({ locationCode: STORE, originalReceiptNumber, tender: 'CASH', lines });
  };
  const close = (countedMinor: number, register = 1): void =>
    square.closeRegister({ locationCode: STORE, register, countedMinor });
  const rows = () => connection.port.registerDays(STORE, DAY);
  const registers = async () => (await rows()).filter(({ register }) => register !== null);

  test('count what was paid and given back at each register, and its cash', async () => {
    const sold = sell('CASH', 1_000);
    sell('CARD', 500);
    takeBack(sold, 1_000);
    sell('CASH', 250, 2);
    const byCash = (await registers()).sort((left, right) => right.taken.totalMinor - left.taken.totalMinor);
    expect(byCash).toMatchObject([
      {
        taken: { receiptCount: 2, totalMinor: 1_500 },
        drawer: { paymentCount: 2, refundCount: 1, cashTakenMinor: 1_000, cashGivenMinor: 1_000 },
      },
      {
        taken: { receiptCount: 1, totalMinor: 250 },
        drawer: { paymentCount: 1, refundCount: 0, cashTakenMinor: 250, cashGivenMinor: 0 },
      },
    ]);
  });

  test('stand apart from returns, of which Square names no register', async () => {
    takeBack(sell('CASH', 1_000), 1_000);
    const [unattributed] = (await rows()).filter(({ register }) => register === null);
    expect(unattributed).toMatchObject({
      drawer: null,
      taken: { receiptCount: 0 },
      given: { receiptCount: 1, totalMinor: 1_000 },
    });
  });

  test('tell what was counted less what was expected, over all shifts of the day, once all are counted', async () => {
    sell('CASH', 1_000);
    close(990);
    clock.advance(60_000);
    sell('CASH', 300);
    expect((await registers())[0]?.drawer).toMatchObject({ paymentCount: 2, differenceMinor: null });
    close(305);
    expect((await registers())[0]?.drawer).toMatchObject({ cashTakenMinor: 1_300, differenceMinor: -5 });
  });

  test('are closed when the day is over and no shift of it is open', async () => {
    sell('CASH', 1_000);
    sell('CARD', 1_000, 2);
    close(1_000);
    expect((await registers()).map(({ isClosed }) => isClosed)).toEqual([false, false]);
    clock.advance(DAY_MS);
    expect((await registers()).map(({ isClosed }) => isClosed)).toEqual([true, true]);
  });

  test('of a busy day are read to their end', async () => {
    for (let ordinal = 1; ordinal <= 250; ordinal++) sell(ordinal % 2 === 0 ? 'CARD' : 'CASH', ordinal);
    const [day] = await rows();
    expect(day).toMatchObject({
      taken: { receiptCount: 250, totalMinor: 31_375 },
      drawer: { paymentCount: 250, cashTakenMinor: 15_625 },
    });
    expect(new Set(day?.receipts).size).toBe(250);
    expect(square.countOf('GET /v2/payments')).toBe(3);
  });
});
