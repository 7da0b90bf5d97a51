import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSystemsFile } from './read-systems-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stockwire-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(retail: object) {
  const path = join(folder, 'systems.json');
  const systems = [
    {
      kind: 'notification',
      vendor: 'plain',
      system: 'messages-main',
      baseUrl: 'http://messages.example',
      accessToken: { env: 'MESSAGES_TOKEN' },
      templates: 'messages',
    },
  ];
  writeFileSync(path, JSON.stringify({ systems, retail }));
  return readSystemsFile(path, { MESSAGES_TOKEN: 'secret' });
}

test('the file of systems says who tells the customers of a channel, and which ERP keeps its orders', () => {
  const retail = {
    notificationRules: [
      { channel: 'WEB', system: 'messages-main', language: 'de-AT', milestones: ['SHIPPED'], ageHoursMax: 24 },
    ],
    salesOrderRules: [{ system: 'erp-main' }],
  };
  const told = read(retail);
  expect(told.retail).toEqual(retail);
  expect(told.systems).toMatchObject([{ vendor: 'notification/plain', settings: { accessToken: 'secret' } }]);
});

test('the file of systems refuses a milestone or a language that there is none of', () => {
  const rule = { system: 'messages-main', language: 'en' };
  expect(() => read({ notificationRules: [{ ...rule, milestones: ['INVOICED'] }] })).toThrow('milestones');
  expect(() => read({ notificationRules: [{ ...rule, language: 'as you like it' }] })).toThrow('language');
  expect(() => read({ notificationRules: [{ ...rule, ageHoursMax: 0 }] })).toThrow('ageHoursMax');
});
