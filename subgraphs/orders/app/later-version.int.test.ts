import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { storeSaleRecorded, type StoreSaleRecorded } from '../../../schema/events/inbox.ts';
import { publicationOf } from '../../../schema/events/publication.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import { BY_NUMBER } from '../testing/documents.ts';
import { AGENT, type Scene } from '../testing/open-scene.ts';
import { useScenes } from '../testing/use-scenes.ts';

/* What processes of a later version publish while those of this one still run. */

const openScene = useScenes();

function saleOf(externalId: string): StoreSaleRecorded {
  return {
    channel: 'STORE:LONDON',
    externalId,
    location: 'LONDON',
    currency: 'GBP',
    lines: [{ lineId: '1', sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
    charges: [],
    tenders: [{ tender: 'CASH', amountMinor: 100 }],
  };
}

/** As a process of a later version does: with members that are not known here, and with the version that it writes. */
async function tellLater(scene: Scene, sale: StoreSaleRecorded, version: number): Promise<void> {
  const { ids, clock, streams } = scene.platform;
  const data = { ...sale, loyalty: { card: '7' }, lines: sale.lines.map((line) => ({ ...line, shelf: 'A3' })) };
  const nowMs = clock.nowMs();
  const { stream, subject, envelope } = publicationOf(storeSaleRecorded, {
    id: ids.next(),
    key: sale.externalId,
    source: { system: 'till', eventId: sale.externalId },
    occurredAtMs: nowMs,
    recordedAtMs: nowMs,
    correlationId: 'test',
    data: sale,
  });
  await streams.publish(stream, subject, { ...envelope, version, data });
}

async function find(scene: Scene, externalId: string): Promise<{ readonly status: string } | null> {
  const { data } = await scene.ask(AGENT, BY_NUMBER, { channel: 'STORE:LONDON', externalId });
  return data.orderByExternalId as { readonly status: string } | null;
}

describe('a fact of a process of a later version', () => {
  test('is taken in without what is not known here', async () => {
    const scene = await openScene();
    await tellLater(scene, saleOf('R-1'), storeSaleRecorded.version);
    const order = await waitFor(() => find(scene, 'R-1'), 'the sale');
    expect(order.status).toBe('DELIVERED');
  });

  test('waits when it has another form, and is neither guessed at nor given up', async () => {
    const scene = await openScene({ deliveriesMax: 2 });
    const { streams } = scene.platform;
    const refused = () => scene.telemetry.total('stream_deliveries_awaiting_update_total');
    await tellLater(scene, saleOf('R-2'), storeSaleRecorded.version + 1);
    await waitFor(() => refused() > 4, 'more attempts than a message has that something is wrong with');
    await tellLater(scene, saleOf('R-3'), storeSaleRecorded.version);
    await waitFor(() => find(scene, 'R-3'), 'the next sale');
    expect(await find(scene, 'R-2')).toBeNull();
    expect(await streams.deadLetters(streamOf('inbox'), 10)).toEqual([]);
    expect(scene.telemetry.total('orders_facts_parked_total')).toBe(0);
  });

  test('that does not fit the form which it says is parked with what is wrong', async () => {
    const scene = await openScene();
    await tellLater(scene, { ...saleOf('R-4'), currency: 'pounds' }, storeSaleRecorded.version);
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') > 0, 'the fact to be parked');
    expect(await find(scene, 'R-4')).toBeNull();
  });
});
