import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EdgeConfigFaults, readEdgeConfig } from '../../gateway/edge-config.ts';
import type { EdgeConfig } from '../../gateway/edge-config.ts';

/**
 * The edge of a gateway from its file; files that it names are looked for beside it. Without a file, what holds without
 * any setting.
 * @throws {EdgeConfigFaults}
 */
export function readEdgeFile(
  file: string | undefined,
  { isProduction }: { readonly isProduction: boolean },
): EdgeConfig {
  const folder = file === undefined ? '.' : dirname(file);
  const readFile = (path: string): string => read(resolve(folder, path));
  return readEdgeConfig(file === undefined ? '{}' : read(file), { readFile, isProduction });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new EdgeConfigFaults([`A file cannot be read: ${(error as Error).message}.`]);
  }
}
