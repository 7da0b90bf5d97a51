import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import type { Connection } from './connection.ts';
import { messageConflicted } from '../../schema/events/inbox-messages.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { createPoller } from './poller.ts';
import type { OutsideSystem } from './testing/outside-system.ts';
import { serveRoutes, type ServedRoutes } from './testing/serve-routes.ts';
import { createWebhookEndpoint } from './webhook-endpoint.ts';

/*
 * What every connection promises, shown over HTTP against a simulator: whatever happens to webhooks, webhooks and feed
 * together give each fact once. The truth that it is held against is what the feed alone gives to an empty hub.
 */

const FACTS = 12;

/** One hub with one outside system. */
interface Hub {
  readonly platform: TestPlatform;
  readonly inbox: Inbox;
  readonly connection: Connection<unknown>;
}

export function connectionContract(name: string, open: () => Promise<OutsideSystem<unknown>>): void {
  describe(`${name}: webhooks and feeds`, () => {
    let outside: OutsideSystem<unknown>;
    let served: ServedRoutes;
    let hubs: Hub[];
    let hub: Hub;
    let webhookUrl: string;

    beforeEach(async () => {
      hubs = [];
      served = await serveRoutes();
      outside = await open();
      webhookUrl = `${served.url}/webhooks/${outside.system}`;
      hub = await openHub();
      const { platform, inbox, connection } = hub;
      served.mount(createWebhookEndpoint({ receivers: [connection.receiver], inbox, platform }));
    });

    afterEach(async () => {
      await outside.simulator.close();
      await served[Symbol.asyncDispose]();
      for (const { connection, platform } of hubs) {
        await connection.close();
        await platform.close();
      }
    });

    async function openHub(): Promise<Hub> {
      const platform = await openTestPlatform();
      const connection = await outside.connect({ platform, webhookUrl });
      const opened = { platform, connection, inbox: await createInbox({ platform }) };
      hubs.push(opened);
      return opened;
    }

    const subscribe = (isForged = false): Promise<void> =>
      outside.subscribe({ platform: hub.platform, webhookUrl, isForged });

    async function makeFacts(): Promise<void> {
      for (let ordinal = 1; ordinal <= FACTS; ordinal++) outside.makeFact(ordinal);
      await outside.simulator.webhooksSettled();
    }

    async function catchUp({ platform, inbox, connection }: Hub): Promise<void> {
      for (const feed of connection.feeds) {
        const poller = await createPoller({ source: outside.system, feed, inbox, platform });
        await poller.round();
      }
    }

    /** What the feed alone tells an empty hub. */
    async function truth(): Promise<ReadonlyMap<string, unknown>> {
      const empty = await openHub();
      await catchUp(empty);
      return factsOf(await published(empty));
    }

    async function expectEachFactOnce(): Promise<void> {
      const envelopes = await published(hub);
      const facts = factsOf(envelopes);
      expect(envelopes).toHaveLength(facts.size);
      const told = await truth();
      expect(told.size).toBeGreaterThanOrEqual(FACTS);
      for (const [eventId, content] of told) expect([eventId, facts.get(eventId)]).toEqual([eventId, content]);
      if (outside.isFeedComplete) expect(facts.size).toBe(told.size);
      expect(await hub.inbox.quarantined({ first: 10 })).toEqual([]);
    }

    test('a webhook brings each fact, and the feed brings nothing more', async () => {
      await subscribe();
      await makeFacts();
      const byWebhook = factsOf(await published(hub));
      expect(byWebhook.size).toBeGreaterThanOrEqual(FACTS);
      await catchUp(hub);
      await expectEachFactOnce();
      expect(await hub.inbox.conflicts({ first: 10 })).toEqual([]);
      if (outside.isFeedComplete) expect(factsOf(await published(hub)).size).toBe(byWebhook.size);
    });

    test('the feed catches up what no webhook brought', async () => {
      await subscribe();
      outside.simulator.faults.set({ drop: 0.5 });
      await makeFacts();
      expect(outside.simulator.deliveries().map(({ outcome }) => outcome)).toContain('DROPPED');
      await catchUp(hub);
      await expectEachFactOnce();
    });

    test('webhooks that come twice and in another order change nothing', async () => {
      await subscribe();
      outside.simulator.faults.set({ duplicate: 0.7, reorder: 0.5 });
      await makeFacts();
      await catchUp(hub);
      await expectEachFactOnce();
      expect(await hub.inbox.conflicts({ first: 10 })).toEqual([]);
    });

    test('a webhook with a known id and other content is never applied', async () => {
      await subscribe();
      outside.simulator.faults.set({ conflict: 1 });
      await makeFacts();
      outside.simulator.faults.clear();
      await catchUp(hub);
      await expectEachFactOnce();
      const evidence = await hub.inbox.conflicts({ first: 1_000 });
      if (outside.doWebhooksTell) expect(evidence.length).toBeGreaterThanOrEqual(FACTS);
      else expect(evidence).toEqual([]);
    });

    test('members that no contract names change nothing', async () => {
      await subscribe();
      outside.simulator.faults.set({ drift: 'ADDED_FIELD' });
      await makeFacts();
      await catchUp(hub);
      outside.simulator.faults.clear();
      await expectEachFactOnce();
      expect(await hub.inbox.conflicts({ first: 10 })).toEqual([]);
    });

    test('numbers that become text, and text that becomes numbers, are the same facts', async () => {
      await subscribe();
      outside.simulator.faults.set({ drift: 'RETYPED_FIELD' });
      await makeFacts();
      await catchUp(hub);
      outside.simulator.faults.clear();
      await expectEachFactOnce();
      expect(await hub.inbox.conflicts({ first: 10 })).toEqual([]);
    });

    test('a webhook with a wrong signature is refused and changes nothing', async () => {
      await subscribe(true);
      await makeFacts();
      expect(outside.simulator.deliveries().length).toBeGreaterThan(0);
      expect(new Set(outside.simulator.deliveries().map(({ outcome }) => outcome))).toEqual(new Set(['GAVE_UP']));
      expect(await published(hub)).toEqual([]);
      expect(await hub.inbox.quarantined({ first: 10 })).toEqual([]);
    });

    test.each(['RESET', 'UNAVAILABLE'] as const)(
      'the feed waits while the system is down (%s) and then goes on',
      async (outage) => {
        await makeFacts();
        outside.simulator.faults.set({ outage });
        await expect(catchUp(hub)).rejects.toThrow(Obstacle);
        expect(await published(hub)).toEqual([]);
        outside.simulator.faults.clear();
        await catchUp(hub);
        await expectEachFactOnce();
      },
    );
  });
}

async function published({ platform }: Hub): Promise<readonly EventEnvelope[]> {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read('INBOX_EVENTS', 0, 10_000);
  // What the inbox says of messages is no fact.
  return messages.map(({ envelope }) => envelope).filter(({ type }) => type !== messageConflicted.type);
}

function factsOf(envelopes: readonly EventEnvelope[]): ReadonlyMap<string, unknown> {
  return new Map(
    envelopes.map(({ source, type, occurredAt, key, data }) => [source.eventId, { type, occurredAt, key, data }]),
  );
}
