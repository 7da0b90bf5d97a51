import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MODULE = new URL('outlive-rejections.ts', import.meta.url).href;

/** In a process of its own, since the test runner has a listener already. */
async function run(isListening: boolean): Promise<string> {
  const lines = [
    `import { outliveRejections } from '${MODULE}';`,
    `const told = [];`,
    isListening
      ? `outliveRejections({ count: (name) => told.push(name), log: (_level, words) => told.push(words) });`
      : '',
    `void Promise.reject(new Error('left alone'));`,
    `setImmediate(() => console.log('alive', told.join()));`,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', lines.join('\n')]);
  return stdout;
}

test('a rejection that nobody hears is told and does not end the process', async () => {
  expect(await run(true)).toBe('alive unhandled_rejections_total,a promise was rejected and nobody heard it\n');
  await expect(run(false)).rejects.toThrow('left alone');
});
