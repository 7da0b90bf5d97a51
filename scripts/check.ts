import { spawnSync } from 'node:child_process';

const TESTS = 'unit tests';

/** What `npm run check` holds a change to, quick things first; with `--static` without the tests, for whoever runs all of them anyway. */
const STEPS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['generated code is up to date', 'node', 'scripts/codegen.ts', '--check'],
  ['supergraph is up to date', 'node', 'scripts/compose.ts', '--check'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'oxlint', '--quiet'],
  ['types', 'tsc', '--noEmit'],
  ['dead code', 'knip', '--no-progress'],
  [TESTS, 'npm', 'run', '--silent', 'test:unit'],
];

const isStatic = process.argv.includes('--static');

const failed = STEPS.filter(([name]) => !isStatic || name !== TESTS).filter(([name, command = '', ...args]) => {
  const startedMs = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  return status !== 0;
});

if (failed.length > 0) {
  console.error(`\nNot ready: ${failed.map(([name]) => name).join(', ')}.`);
  process.exitCode = 1;
}
