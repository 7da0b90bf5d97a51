import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../kernel/model/errors.ts';

/** Tells that what a data directory holds goes on elsewhere. */
const MARK = 'moved.json';

export async function markMoved(directory: string, to: string): Promise<void> {
  const draft = join(directory, `${MARK}.draft`);
  const file = await open(draft, 'w');
  try {
    await file.writeFile(`${JSON.stringify({ to, at: new Date().toISOString() })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(directory, MARK));
}

/**
 * Two hubs that go on from the same log would each sell the same stock.
 * @throws {Refusal} when the data of this directory was moved
 */
export function assertNotMoved(directory: string): void {
  const mark = join(directory, MARK);
  if (!existsSync(mark)) return;
  const { to, at } = JSON.parse(readFileSync(mark, 'utf8')) as { readonly to: string; readonly at: string };
  const message = `The data in ${directory} was moved to ${to} at ${at}. To go on here all the same, remove ${mark}.`;
  throw new Refusal('BAD_USER_INPUT', message, { directory, to, at });
}
