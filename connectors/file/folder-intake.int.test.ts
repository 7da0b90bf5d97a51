import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { SideBySide } from '../../kernel/testing/side-by-side.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { createInbox, type Inbox } from '../runtime/inbox.ts';
import { createFolderIntake, type FolderOptions } from './folder-intake.ts';
import { openLocalFileStore } from './local-file-store.ts';

let folder: TemporaryDirectory;
let platform: TestPlatform;
let inbox: Inbox;

beforeEach(async () => {
  folder = await temporaryDirectory();
  platform = await openTestPlatform();
  inbox = await createInbox({ platform });
});

afterEach(async () => {
  await inbox.close();
  await platform.close();
  await folder.remove();
});

async function intake(options: Partial<FolderOptions> = {}) {
  const store = await openLocalFileStore(folder.path);
  return createFolderIntake({ source: 'wms-south', store, inbox, platform, ...options });
}

const put = (name: string, text: string): Promise<void> => writeFile(join(folder.path, name), text);
const list = async (path: string) => (await readdir(join(folder.path, path))).sort();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function outcomes(path: string) {
  const text = await readFile(join(folder.path, `${path}.outcome.jsonl`), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: number; outcome: string; reason?: string; eventId?: string });
}

async function published() {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('inbox'), 0, 10_000);
  return messages.filter(({ envelope }) => envelope.source.system === 'wms-south').map(({ envelope }) => envelope);
}

const CSV_HEADER = 'eventId,type,occurredAt,data.location,data.lines.0.lineId,data.lines.0.sku,data.lines.0.quantity';
const csv = (...rows: readonly string[]) => [CSV_HEADER, ...rows].join('\r\n');
const counted = (id: string, sku = 'A-1', quantity = '5') =>
  `${id},stock-counted,2026-01-05T09:00:00Z,DC-1,1,${sku},${quantity}`;
const jsonLine = (eventId: string | undefined, sku = 'A-1') =>
  JSON.stringify({
    ...(eventId !== undefined && { eventId }),
    type: 'stock-counted',
    occurredAt: '2026-01-05T09:00:00Z',
    data: { location: 'DC-1', lines: [{ lineId: '1', sku, quantity: '5' }] },
  });

describe('a watched folder', () => {
  test('takes in CSV by the paths of its header, and says of each line what became of it', async () => {
    await put(
      'counts.csv',
      csv(counted('c-1'), counted('c-2', 'B, "big"'.replaceAll(/[",]/g, '')), counted('c-3', 'C', 'many')),
    );
    expect(await (await intake()).round()).toBe(1);
    expect((await published()).map(({ source, data }) => [source.eventId, data])).toMatchObject([
      ['c-1', { location: 'DC-1', lines: [{ lineId: '1', sku: 'A-1', quantity: '5' }] }],
      ['c-2', {}],
    ]);
    expect(await outcomes('done/counts.csv')).toMatchObject([
      { line: 2, eventId: 'c-1', outcome: 'ACCEPTED' },
      { line: 3, eventId: 'c-2', outcome: 'ACCEPTED' },
      { line: 4, eventId: 'c-3', outcome: 'QUARANTINED', reason: expect.stringContaining('quantity') },
    ]);
    expect(await list('')).toEqual(['done', 'failed', 'processing']);
    expect(await list('processing')).toEqual([]);
  });

  test('takes in JSON lines, and none of a line keeps another back', async () => {
    await put('facts.jsonl', [jsonLine('j-1'), '{ broken', '', '{"type":"unknown"}', jsonLine('j-2')].join('\n'));
    await (await intake()).round();
    expect((await published()).map(({ source }) => source.eventId)).toEqual(['j-1', 'j-2']);
    expect((await outcomes('done/facts.jsonl')).map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'ACCEPTED'],
      [2, 'REFUSED'],
      [4, 'REFUSED'],
      [5, 'ACCEPTED'],
    ]);
  });

  test('knows the same file again under another name, and its lines without ids', async () => {
    const text = [jsonLine(undefined), jsonLine(undefined)].join('\n');
    const folderIntake = await intake();
    await put('a.jsonl', text);
    await folderIntake.round();
    await put('b.jsonl', text);
    await put('a.jsonl', `${text}\n`);
    await folderIntake.round();
    expect((await outcomes('done/b.jsonl')).map(({ outcome }) => outcome)).toEqual(['DUPLICATE', 'DUPLICATE']);
    expect((await outcomes('done/2-a.jsonl')).map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'ACCEPTED']);
    expect(await published()).toHaveLength(4);
  });

  test('leaves files alone that are still written, and takes no other kinds', async () => {
    for (const name of ['a.csv.part', '.b.csv', 'c.csv.tmp', 'notes.txt']) await put(name, csv(counted('c-1')));
    expect(await (await intake()).round()).toBe(0);
    expect(await list('')).toHaveLength(7);
  });

  test('refuses a file whose checksum is not what its sender says, and waits for one that must come', async () => {
    const text = csv(counted('c-1'));
    await put('good.csv', text);
    await put('good.csv.sha256', `${sha256(text)}  good.csv\n`);
    await put('bad.csv', text);
    await put('bad.csv.sha256', `${sha256('other')}  bad.csv\n`);
    await (await intake()).round();
    expect(await list('done')).toEqual(['good.csv', 'good.csv.outcome.jsonl', 'good.csv.sha256']);
    expect(await outcomes('failed/bad.csv')).toMatchObject([{ line: 0, outcome: 'REFUSED' }]);
    await put('late.csv', csv(counted('c-2')));
    const strict = await intake({ isChecksumRequired: true });
    expect(await strict.round()).toBe(0);
    await writeFile(join(folder.path, 'processing', 'late.csv.sha256'), sha256(csv(counted('c-2'))));
    expect(await strict.round()).toBe(1);
  });

  test('goes on with a file that a crash cut off, without applying a line twice', async () => {
    await mkdir(join(folder.path, 'processing'), { recursive: true });
    await writeFile(join(folder.path, 'processing', 'cut.csv'), csv(counted('c-1'), counted('c-2')));
    await (await intake()).round();
    await mkdir(join(folder.path, 'processing'), { recursive: true });
    await writeFile(join(folder.path, 'processing', 'cut.csv'), csv(counted('c-1'), counted('c-2')));
    await (await intake()).round();
    expect(await published()).toHaveLength(2);
    expect((await outcomes('done/2-cut.csv')).map(({ outcome }) => outcome)).toEqual(['DUPLICATE', 'DUPLICATE']);
  });

  test('gives each file to one of several who look', async () => {
    for (let count = 0; count < 10; count++) await put(`f-${count}.csv`, csv(counted(`c-${count}`)));
    const [one, two] = [await intake(), await intake()];
    const taken = await Promise.all([one.round(), two.round()]);
    expect(await list('done')).toHaveLength(20);
    expect(taken[0] + taken[1]).toBeGreaterThanOrEqual(10);
    expect(await published()).toHaveLength(10);
  });

  test('puts a file aside of which nothing could be read, or that breaks off', async () => {
    await put('nonsense.csv', 'a b,c\n1,2\n');
    await put('quote.csv', `${csv(counted('c-1'))}\n"never closed`);
    await put('large.jsonl', jsonLine('x'));
    await (await intake()).round();
    expect(await list('failed')).toEqual([
      'nonsense.csv',
      'nonsense.csv.outcome.jsonl',
      'quote.csv',
      'quote.csv.outcome.jsonl',
    ]);
    await put('large2.jsonl', jsonLine('y'));
    await (await intake({ limits: { fileBytesMax: 10 } })).round();
    expect(await outcomes('failed/large2.jsonl')).toMatchObject([{ outcome: 'REFUSED' }]);
  });

  test('is looked at again and again once it is started', async () => {
    const watching = await intake({ limits: { pollMs: 5 } });
    watching.start();
    await put('.one', csv(counted('c-1')));
    await put('one.csv', csv(counted('c-1')));
    await waitFor(async () => (await published()).length === 1);
    await put('two.csv', csv(counted('c-2')));
    await waitFor(async () => (await published()).length === 2);
    await watching.stop();
  });

  test('is watched by one process at a time, which watches it again after it has lost the lease', async () => {
    const beside = new SideBySide();
    const watch = async () => {
      const watching = await intake({ platform: beside.process(platform), limits: { pollMs: 10 } });
      watching.start();
      return watching;
    };
    const first = await watch();
    const second = await watch();
    await put('a.jsonl', jsonLine('a'));
    await waitFor(async () => (await published()).length === 1);
    beside.depose('folder-wms-south');
    await put('b.jsonl', jsonLine('b'));
    await waitFor(async () => (await published()).length === 2);
    // Only the first one is left.
    await second.stop();
    await put('c.jsonl', jsonLine('c'));
    await waitFor(async () => (await published()).length === 3);
    await first.stop();
    expect((await published()).map(({ source }) => source.eventId)).toEqual(['a', 'b', 'c']);
  });
});
