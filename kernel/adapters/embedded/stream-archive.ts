import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StreamMessage } from '../../ports/streams.ts';

const compressed = promisify(gzip);
/** Digits of a sequence in a file name, so that names sort as sequences do. */
const DIGITS = 15;

/**
 * Keeps messages that leave a stream: `<directory>/<first>-<last>.ndjson.gz`, one envelope a line. It resolves when the file
 * is durable; the same messages again are the same file.
 */
export function archiveTo(directory: string): (messages: readonly StreamMessage[]) => Promise<void> {
  return async (messages) => {
    const [first, last] = [messages[0], messages.at(-1)];
    if (!first || !last) return;
    await mkdir(directory, { recursive: true });
    const lines = messages.map(({ seq, envelope }) => `${JSON.stringify({ seq, ...envelope })}\n`);
    const name = join(directory, `${padded(first.seq)}-${padded(last.seq)}.ndjson.gz`);
    await writeDurably(`${name}.part`, await compressed(lines.join('')));
    await rename(`${name}.part`, name);
    await syncDirectory(directory);
  };
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A renamed file is only there after a power loss when its folder is. */
async function syncDirectory(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const padded = (seq: number): string => String(seq).padStart(DIGITS, '0');
