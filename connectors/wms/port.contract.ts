import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { ParcelAddress } from '../../schema/commands/outbound-parcels.ts';
import type { PolledConnection } from '../runtime/connection.ts';
import { lookUpCalls, type PortUnderTest } from '../runtime/testing/outside-system.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { Release, Wms } from './port.ts';

export interface WmsUnderTest extends PortUnderTest<Wms> {
  /** More than fifty, each with stock at `location`. */
  readonly skus: readonly string[];
  readonly location: string;
  /** How many pieces of work the warehouse has taken in. */
  workCount(): number | Promise<number>;
  /** Somebody at the warehouse packs the order's first release: too late to stop it. */
  pack(order: string): void | Promise<void>;
  /** Whether work that the warehouse has can be sent elsewhere. */
  readonly takesOtherAddresses: boolean;
  /** Where the warehouse sends the order's first release; undefined: nobody told it. */
  shipToOf(order: string): ParcelAddress | undefined | Promise<ParcelAddress | undefined>;
}

export function wmsContract(name: string, open: () => Promise<WmsUnderTest>): void {
  describe(`${name}: the port`, () => {
    let outside: WmsUnderTest;
    let platform: TestPlatform;
    let connection: PolledConnection<Wms>;
    let wms: Wms;

    beforeEach(async () => {
      outside = await open();
      platform = await openTestPlatform();
      connection = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/wms' });
      wms = connection.port;
    });

    afterEach(async () => {
      await connection.close();
      await outside.simulator.close();
      await platform.close();
    });

    const keysOf = (count: number) => outside.skus.slice(0, count).map((sku) => ({ sku, location: outside.location }));
    const release = (change: Partial<Release> = {}): Release => ({
      idempotencyKey: 'key-1',
      order: 'order-1',
      location: outside.location,
      lines: [{ orderLine: 'line-1', sku: outside.skus[0] ?? '', quantity: '2' }],
      ...change,
    });

    test('names the locations that it runs', () => {
      expect(wms.locations).toEqual([outside.location]);
    });

    test('looks the bins of fifty positions up in one call', async () => {
      const bins = await wms.lookUpBins(keysOf(50));
      expect(lookUpCalls(outside)).toBe(1);
      expect([...bins.keys()].sort()).toEqual(
        keysOf(50)
          .map(({ sku, location }) => `${sku}|${location}`)
          .sort(),
      );
      for (const [bin] of bins.values()) {
        expect(bin).toEqual({
          bin: expect.any(String),
          status: expect.any(String),
          quantity: expect.stringMatching(/^\d+(\.\d{1,4})?$/),
        });
      }
    });

    test('leaves positions out that have no bins, are unknown or lie elsewhere', async () => {
      const [known = { sku: '', location: '' }] = keysOf(1);
      const asked = [known, { ...known, sku: 'NO-SUCH-SKU' }, { ...known, location: 'ELSEWHERE' }];
      expect([...(await wms.lookUpBins(asked)).keys()]).toEqual([`${known.sku}|${known.location}`]);
      outside.simulator.resetRequests();
      expect((await wms.lookUpBins([{ ...known, location: 'ELSEWHERE' }])).size).toBe(0);
      expect(lookUpCalls(outside)).toBe(0);
    });

    test('answers whole although members of its batch fail now and then', async () => {
      outside.simulator.faults.set({ partialFailure: 0.2 });
      expect((await wms.lookUpBins(keysOf(50))).size).toBe(50);
    });

    test('hands work over once, however often it is told under the same key', async () => {
      await wms.release(release());
      await Promise.all([wms.release(release()), wms.release(release())]);
      expect(await outside.workCount()).toBe(1);
    });

    test('hands an order over again under another key', async () => {
      await wms.release(release());
      await wms.release(
        release({
          idempotencyKey: 'key-2',
          lines: [{ orderLine: 'line-2', sku: outside.skus[1] ?? '', quantity: '1' }],
        }),
      );
      expect(await outside.workCount()).toBe(2);
    });

    test('hands work over once when two processes tell it at the same time', async () => {
      const twin = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/wms' });
      await Promise.all([wms.release(release()), twin.port.release(release())]);
      expect(await outside.workCount()).toBe(1);
      await twin.close();
    });

    const YORK = { name: 'Ann van Dale', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };
    const LEEDS = { ...YORK, name: 'Ann', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA' };

    test('tells with the work where it goes, and a repetition of that is no other work', async () => {
      await wms.release(release({ shipTo: YORK }));
      await wms.release(release({ shipTo: YORK }));
      expect(await outside.shipToOf('order-1')).toEqual(YORK);
      expect(await outside.workCount()).toBe(1);
    });

    test('sends work elsewhere until its parcel is made, where the system can', async () => {
      await wms.release(release({ shipTo: YORK }));
      await wms.release(release({ idempotencyKey: 'key-2', order: 'order-2', shipTo: YORK }));
      const work = { order: 'order-1', location: outside.location, shipTo: LEEDS };
      const outcomes = wms.redirect && [await wms.redirect(work), await wms.redirect(work)];
      expect(outcomes).toEqual(outside.takesOtherAddresses ? ['REDIRECTED', 'REDIRECTED'] : undefined);
      expect(await outside.shipToOf('order-1')).toEqual(outside.takesOtherAddresses ? LEEDS : YORK);
      await outside.pack('order-1');
      expect(await wms.redirect?.({ ...work, shipTo: YORK })).toBe(outside.takesOtherAddresses ? 'REFUSED' : undefined);
      expect(await outside.shipToOf('order-2')).toEqual(YORK);
    });

    test('tells what the warehouse refuses', async () => {
      const lines = [{ orderLine: 'line-1', sku: 'NO-SUCH-SKU', quantity: '1' }];
      await expect(wms.release(release({ lines }))).rejects.toThrow(UpstreamRejected);
      await wms.release(release({ idempotencyKey: 'key-2', order: 'order-2' }));
      const changed = release({
        idempotencyKey: 'key-2',
        order: 'order-2',
        lines: [{ ...release().lines[0], quantity: '3' } as Release['lines'][number]],
      });
      await expect(wms.release(changed)).rejects.toThrow(UpstreamRejected);
      expect(await outside.workCount()).toBe(1);
    });

    test('stops all work of an order at a location, and stays with it', async () => {
      await wms.release(release());
      await wms.release(release({ idempotencyKey: 'key-2' }));
      expect(await wms.cancelRelease('order-1', outside.location)).toBe('CANCELLED');
      expect(await wms.cancelRelease('order-1', outside.location)).toBe('CANCELLED');
      await expect(wms.release(release())).rejects.toThrow(UpstreamRejected);
      expect(await outside.workCount()).toBe(2);
    });

    test('says that it is too late to stop', async () => {
      await wms.release(release());
      await outside.pack('order-1');
      expect(await wms.cancelRelease('order-1', outside.location)).toBe('REFUSED');
    });

    test('finds nothing to stop where nothing was released', async () => {
      expect(await wms.cancelRelease('order-9', outside.location)).toBe('CANCELLED');
    });

    test('knows what it released after a restart', async () => {
      await wms.release(release());
      const restarted = await outside.connect({ platform, webhookUrl: 'http://127.0.0.1:1/webhooks/wms' });
      await outside.pack('order-1');
      expect(await restarted.port.cancelRelease('order-1', outside.location)).toBe('REFUSED');
      await restarted.close();
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'ends in an obstacle while the system is down (%s)',
      async (outage) => {
        outside.simulator.faults.set({ outage });
        await expect(wms.lookUpBins(keysOf(3))).rejects.toThrow(Obstacle);
        await expect(wms.release(release())).rejects.toThrow(Obstacle);
        outside.simulator.faults.clear();
        expect((await wms.lookUpBins(keysOf(3))).size).toBe(3);
        await wms.release(release());
        expect(await outside.workCount()).toBe(1);
      },
    );

    test('waits as long as it is told when it is throttled, and then answers', async () => {
      outside.simulator.faults.set({ throttle: 1 });
      const answer = wms.lookUpBins(keysOf(3));
      await waitFor(() => outside.simulator.requests().some(({ status }) => status === 429), 'the throttled request');
      outside.simulator.faults.clear();
      expect((await answer).size).toBe(3);
    });
  });
}
