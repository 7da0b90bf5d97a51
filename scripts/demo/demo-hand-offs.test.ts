import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readTemplates } from '../../connectors/notification/templates/read-templates.ts';
import { Milestone } from '../../schema/commands/outbound-messages.ts';

test('the demo retailer has words for every milestone', () => {
  const { milestones } = readTemplates(join(import.meta.dirname, 'messages'));
  expect([...milestones].sort()).toEqual([...(Milestone['enum'] as readonly string[])].sort());
});
