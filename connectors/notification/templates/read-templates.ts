import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { faultsOfVersion } from './check-templates.ts';
import { TemplateSet } from './template-set.ts';
import { TemplateVersion } from './template-version.ts';

const VERSIONS_MAX = 1_000;
const FILE_BYTES_MAX = 4_194_304;

/**
 * The template set of a folder: every `*.json` in it is a version.
 * @throws {Refusal} BAD_USER_INPUT naming every fault
 */
export function readTemplates(directory: string): TemplateSet {
  const files = filesOf(directory);
  const faults: string[] = [];
  const versions = files.flatMap((file) => {
    const version = versionOf(join(directory, file), faults);
    return version ? [version] : [];
  });
  for (const field of ['version', 'effectiveFrom'] as const) {
    const values = versions.map((version) => version[field]);
    const twice = values.filter((value, index) => values.indexOf(value) !== index);
    faults.push(...new Set(twice.map((value) => `${directory} has two versions with the ${field} ${value}.`)));
  }
  if (faults.length > 0) throw new Refusal('BAD_USER_INPUT', faults.join('\n'), { directory });
  return new TemplateSet(versions);
}

function filesOf(directory: string): readonly string[] {
  const refused = (words: string) => new Refusal('BAD_USER_INPUT', words, { directory });
  let files: readonly string[];
  try {
    files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  } catch (error) {
    throw refused(`The folder of templates cannot be read: ${(error as Error).message}`);
  }
  if (files.length === 0) throw refused(`The folder ${directory} holds no template.`);
  if (files.length > VERSIONS_MAX) throw refused(`The folder ${directory} holds more than ${VERSIONS_MAX} versions.`);
  return files;
}

function versionOf(path: string, faults: string[]): TemplateVersion | undefined {
  try {
    if (statSync(path).size > FILE_BYTES_MAX) throw new Error(`it has more than ${FILE_BYTES_MAX} bytes`);
    const told = parseAs<TemplateVersion>(TemplateVersion, JSON.parse(readFileSync(path, 'utf8')), path);
    // Two ways of writing one instant are the same instant.
    const version = { ...told, effectiveFrom: new Date(told.effectiveFrom).toISOString() };
    const found = faultsOfVersion(version);
    faults.push(...found);
    return found.length > 0 ? undefined : version;
  } catch (error) {
    faults.push(`${path}: ${(error as Error).message}`);
    return undefined;
  }
}
