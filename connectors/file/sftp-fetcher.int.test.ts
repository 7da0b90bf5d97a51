import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SystemClock } from '../../kernel/adapters/embedded/system-clock.ts';
import { RecordingTelemetry } from '../../kernel/testing/recording-telemetry.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { createSftpFetcher, type SftpFetcher, type SftpOptions } from './sftp-fetcher.ts';
import { startSftpServer, type TestSftpServer } from './testing/sftp-server.ts';

let root: TemporaryDirectory;
let server: TestSftpServer;
let telemetry: RecordingTelemetry;

beforeEach(async () => {
  root = await temporaryDirectory();
  telemetry = new RecordingTelemetry();
  for (const folder of ['remote/out', 'remote/done', 'local'])
    await mkdir(join(root.path, folder), { recursive: true });
  server = await startSftpServer(join(root.path, 'remote'));
});

afterEach(async () => {
  await server.close();
  await root.remove();
});

const fetcher = (change: Partial<SftpOptions> = {}): SftpFetcher =>
  createSftpFetcher({
    source: 'wms-south',
    host: '127.0.0.1',
    port: server.port,
    username: 'hub',
    password: 'secret',
    hostKeySha256: server.hostKeySha256,
    remoteDirectory: '/out',
    remoteDoneDirectory: '/done',
    directory: join(root.path, 'local'),
    platform: { clock: new SystemClock(), telemetry },
    limits: { pollMs: 10 },
    ...change,
  });

const put = (name: string, text: string): Promise<void> => writeFile(join(root.path, 'remote/out', name), text);
const list = async (folder: string) => (await readdir(join(root.path, folder))).sort();

describe('files of an SFTP server', () => {
  test('are brought into the folder when they are whole, and moved away on the server', async () => {
    const text = 'eventId,type\n'.repeat(20_000);
    await put('a.csv', text);
    await put('a.csv.sha256', 'checksum');
    await put('notes.txt', 'x');
    const sftp = fetcher();
    expect(await sftp.round()).toBe(0);
    expect(await sftp.round()).toBe(2);
    expect(await list('local')).toEqual(['a.csv', 'a.csv.sha256']);
    expect(await readFile(join(root.path, 'local/a.csv'), 'utf8')).toBe(text);
    expect(await list('remote/out')).toEqual(['notes.txt']);
    const moved = (await list('remote/done')).map((name) => name.replace(/^\d+-/, ''));
    expect(moved.sort()).toEqual(['a.csv', 'a.csv.sha256']);
    expect(await sftp.round()).toBe(0);
  });

  test('are left alone while they still grow', async () => {
    await put('a.csv', '1');
    const sftp = fetcher();
    await sftp.round();
    await put('a.csv', '12');
    expect(await sftp.round()).toBe(0);
    expect(await sftp.round()).toBe(1);
  });

  test.each([
    ['another key than the known one', { hostKeySha256: 'SHA256:AAAA' }],
    ['a wrong password', { password: 'guess' }],
    ['no server', { port: 1 }],
  ])('are an obstacle with %s', async (_, change) => {
    await put('a.csv', '1');
    await expect(fetcher(change).round()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await list('local')).toEqual([]);
  });

  test('are looked for again and again, also after a failure', async () => {
    await server.close();
    const sftp = fetcher();
    sftp.start();
    await waitFor(() => telemetry.total('sftp_failures_total') > 0);
    await sftp.stop();
    server = await startSftpServer(join(root.path, 'remote'));
    await put('a.csv', '1');
    const again = fetcher();
    again.start();
    await waitFor(async () => (await list('local')).length === 1);
    await again.stop();
  });
});
