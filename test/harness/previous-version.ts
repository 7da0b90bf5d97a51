import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The version that is deployed while this one replaces it: of a release, the one before. */
const PREVIOUS = '40260cb34884d54b0d0708b85b47d6db475c6850';

const ROOT = join(import.meta.dirname, '..', '..');

/** Whether the history of this checkout reaches back to it; that of a shallow one does not. */
export function isPreviousThere(): boolean {
  return git(['cat-file', '-e', `${PREVIOUS}^{commit}`]).status === 0;
}

/** Its code in a folder, with the packages of this version. @returns the folder */
export function checkOutPrevious(folder: string): string {
  const root = join(folder, 'previous');
  mkdirSync(root);
  const archive = git(['archive', '--format=tar', PREVIOUS]);
  const unpacked = spawnSync('tar', ['-x', '-C', root], { input: archive.stdout });
  if (archive.status !== 0 || unpacked.status !== 0) throw new Error(String(archive.stderr) + String(unpacked.stderr));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

function git(args: readonly string[]) {
  return spawnSync('git', [...args], { cwd: ROOT, maxBuffer: 1 << 28 });
}
