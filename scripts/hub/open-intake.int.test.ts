/* The doors of one process: files of an SFTP server come in by configuration alone. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSftpServer, type TestSftpServer } from '../../connectors/file/testing/sftp-server.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { openIntake } from './open-intake.ts';
import type { WatchedFolderConfig } from './read-folders.ts';
import { NO_SYSTEMS } from './systems.ts';

let root: TemporaryDirectory;
let server: TestSftpServer;
let platform: TestPlatform;
let telemetry: RecordingTelemetry;
let opened: AsyncDisposableStack[];

beforeEach(async () => {
  root = await temporaryDirectory();
  for (const folder of ['remote/out', 'remote/done', 'local']) {
    await mkdir(join(root.path, folder), { recursive: true });
  }
  server = await startSftpServer(join(root.path, 'remote'));
  telemetry = new RecordingTelemetry();
  platform = await openTestPlatform({ telemetry });
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((stack) => stack.disposeAsync()));
  await platform.close();
  await server.close();
  await root.remove();
});

async function open(change: Partial<WatchedFolderConfig> = {}): Promise<void> {
  const folder: WatchedFolderConfig = {
    source: 'wms-south',
    directory: join(root.path, 'local'),
    sftp: {
      host: '127.0.0.1',
      port: server.port,
      username: 'hub',
      password: 'secret',
      hostKeySha256: server.hostKeySha256,
      remoteDirectory: '/out',
      remoteDoneDirectory: '/done',
      pollMs: 20,
    },
    ...change,
  };
  const stack = new AsyncDisposableStack();
  opened.push(stack);
  await openIntake({ platform, systems: NO_SYSTEMS, pollers: [], folders: [folder], opened: stack });
}

const HEADER = 'eventId,type,occurredAt,data.location,data.lines.0.lineId,data.lines.0.sku,data.lines.0.quantity';
const put = (name: string, eventId: string) =>
  writeFile(
    join(root.path, 'remote/out', name),
    `${HEADER}\n${eventId},stock-counted,2026-01-05T09:00:00Z,DC-1,1,A-1,5\n`,
  );
const list = async (folder: string) => (await readdir(join(root.path, folder))).sort();

async function facts(): Promise<readonly string[]> {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('inbox'), 0, 100);
  return messages.map(({ envelope }) => envelope.source.eventId);
}

describe('a folder that is fed by an SFTP server', () => {
  test('is taken in as it comes, and leaves the server without the file', async () => {
    await open();
    await put('counts.csv', 'c-1');
    await waitFor(async () => (await facts()).length === 1, 'the fact');
    expect(await facts()).toEqual(['c-1']);
    expect(await list('remote/out')).toEqual([]);
    await waitFor(async () => (await list('local/done')).includes('counts.csv'), 'the file to be put aside');
  });

  test('stays empty before a server with another key than the known one', async () => {
    const sftp = { host: '127.0.0.1', port: server.port, username: 'hub', password: 'secret', pollMs: 20 };
    const folders = { remoteDirectory: '/out', remoteDoneDirectory: '/done' };
    await put('counts.csv', 'c-1');
    await open({ sftp: { ...sftp, ...folders, hostKeySha256: `SHA256:${'a'.repeat(43)}` } });
    await waitFor(() => telemetry.total('sftp_failures_total') > 1, 'several rounds');
    expect(await facts()).toEqual([]);
    expect(await list('remote/out')).toEqual(['counts.csv']);
  });
});
