import { describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMeasuredProcess } from './measured-process.ts';

/* Real children, made from the few lines that each test gives. */
async function withChild(lines: string, run: (module: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-test-'));
  const module = join(directory, 'child.mjs');
  const library = new URL('measured-process.ts', import.meta.url).href;
  await writeFile(module, `import { measuredArgument, serveMeasured } from ${JSON.stringify(library)};\n${lines}`);
  try {
    await run(module);
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe('a measured process', () => {
  test('says where it serves, answers questions and tells its own CPU time', async () => {
    const lines = `
      const { word } = measuredArgument();
      const spin = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); };
      serveMeasured('http://here', { echo: (text) => word + text, spin });`;
    await withChild(lines, async (module) => {
      const child = await startMeasuredProcess(module, { word: 'so ' });
      try {
        expect(child.url).toBe('http://here');
        expect(await child.ask('echo', 'it is')).toBe('so it is');
        const beforeUs = await child.cpuUs();
        await child.ask('spin', 20);
        expect(await child.cpuUs()).toBeGreaterThan(beforeUs);
      } finally {
        await child.stop();
      }
    });
  });

  test('is given an argument of any length', async () => {
    const lines = `const { words } = measuredArgument(); serveMeasured('', { length: () => words.length });`;
    await withChild(lines, async (module) => {
      const child = await startMeasuredProcess(module, { words: 'x'.repeat(1_000_000) });
      try {
        expect(await child.ask('length')).toBe(1_000_000);
      } finally {
        await child.stop();
      }
    });
  });

  test('passes the failure of a handler on', async () => {
    await withChild(`serveMeasured('', { fail: () => { throw new Error('sold out'); } });`, async (module) => {
      const child = await startMeasuredProcess(module);
      try {
        await expect(child.ask('fail')).rejects.toThrow('sold out');
        await expect(child.ask('unheard of')).rejects.toThrow('no such question');
      } finally {
        await child.stop();
      }
    });
  });

  test('is refused when it ends before it is ready', async () => {
    await withChild('process.exit(3);', async (module) => {
      await expect(startMeasuredProcess(module)).rejects.toThrow('ended with 3');
    });
  });
});
