import { spawnSync } from 'node:child_process';

/** What `npm run check` holds a change to, quick things first. */
const STEPS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['generated code is up to date', 'node', 'scripts/codegen.ts', '--check'],
  ['supergraph is up to date', 'node', 'scripts/compose.ts', '--check'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['lint', 'oxlint', '--quiet'],
  ['types', 'tsc', '--noEmit'],
  ['dead code', 'knip', '--no-progress'],
  ['unit tests', 'npm', 'run', '--silent', 'test:unit'],
];

const failed = STEPS.filter(([name, command = '', ...args]) => {
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
