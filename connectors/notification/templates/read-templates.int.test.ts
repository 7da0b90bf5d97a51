import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { temporaryDirectory } from '../../../kernel/testing/temporary-directory.ts';
import { readTemplates } from './read-templates.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(() => directory.remove());

const write = (name: string, content: object | string) =>
  writeFile(join(directory.path, name), typeof content === 'string' ? content : JSON.stringify(content));

const version = (change: object = {}) => ({
  version: '1',
  effectiveFrom: '2026-01-01T00:00:00Z',
  defaultLanguage: 'en',
  messages: { CONFIRMED: { en: { subject: 'Your order {order}', text: 'Thank you.' } } },
  ...change,
});

test('reads every version of a folder', async () => {
  await write('1.json', version());
  const messages = { ...version().messages, SHIPPED: version().messages.CONFIRMED };
  await write('2.json', version({ version: '2', effectiveFrom: '2026-02-01T00:00:00Z', messages }));
  await write('notes.txt', 'not a version');
  // What only one of them has words for may have to be told by the other.
  expect(readTemplates(directory.path).milestones).toEqual(['CONFIRMED']);
});

test('names everything that is wrong at once', async () => {
  await write('1.json', version());
  await write('2.json', version({ effectiveFrom: '2026-01-01T01:00:00+01:00' }));
  await write('3.json', '{');
  await write('4.json', version({ version: '4', messages: { CONFIRMED: { en: { subject: '{nothing}', text: '' } } } }));
  await write(
    '5.json',
    version({ version: '5', messages: { CONFIRMED: { en: { subject: '{nothing}', text: 'x' } } } }),
  );
  const read = () => readTemplates(directory.path);
  expect(read).toThrow('has two versions with the version 1.');
  expect(read).toThrow('has two versions with the effectiveFrom 2026-01-01T00:00:00.000Z.');
  expect(read).toThrow('3.json: ');
  expect(read).toThrow('4.json: ');
  expect(read).toThrow('Version 5, CONFIRMED in en: subject: ');
});

test('refuses a folder that is not there, or holds nothing', () => {
  expect(() => readTemplates(join(directory.path, 'nowhere'))).toThrow('cannot be read');
  expect(() => readTemplates(directory.path)).toThrow('holds no template');
});
