/* News that one process is told of, and feeds that another one reads. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Feed } from '../../connectors/runtime/feed.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { SideBySide } from '../../kernel/testing/side-by-side.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { createInbox, type Inbox } from '../../connectors/runtime/inbox.ts';
import { createPoller, type Poller } from '../../connectors/runtime/poller.ts';
import { askForCatchUp, serveCatchUp } from './catch-up.ts';

let clock: FakeClock;
let platform: TestPlatform;
let inbox: Inbox;
let poller: Poller;
let rounds: number;

beforeEach(async () => {
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
  inbox = await createInbox({ platform });
  rounds = 0;
  const feed: Feed = {
    name: 'items',
    overlap: 0,
    read: async (after) => {
      rounds++;
      return { messages: [], last: after, hasMore: false };
    },
  };
  poller = await createPoller({ source: 'erp', feed, inbox, platform, limits: { compareEveryMs: 0 } });
});

afterEach(async () => {
  await poller.stop();
  await inbox.close();
  await platform.close();
});

test('the feeds are read at once where they are read, whichever process was told of news, and nobody minds when none reads them', async () => {
  const beside = new SideBySide();
  const [reads, isTold] = [beside.process(platform), beside.process(platform)];
  askForCatchUp(isTold);
  const stopServing = serveCatchUp(reads, [poller]);
  poller.start();
  clock.advance(0);
  await waitFor(() => rounds === 1);
  askForCatchUp(isTold);
  await waitFor(() => {
    // Far less than the wait between two rounds.
    clock.advance(1);
    return rounds === 2;
  });
  stopServing();
  askForCatchUp(isTold);
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(rounds).toBe(2);
});
