import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';

/** Kinds of systems that there are templates of. */
export const CONNECTOR_KINDS: readonly string[] = ['erp', 'wms', 'pos'];

const TEMPLATE = 'template';
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME_LENGTH_MAX = 40;

/** Why a connector cannot be made, for whoever asked for it. */
export class ConnectorRefused extends Error {}

/**
 * Makes `connectors/<kind>/<name>` out of the template of its kind, under its own name and formatted.
 * @param order.templates the folder of connectors that has the templates
 * @param order.into the folder of connectors that gets the new one
 * @returns the files that were written, below `into`
 * @throws {ConnectorRefused} for an unknown kind, a name that is none, or one that is taken
 */
export async function createConnector(order: {
  readonly kind: string;
  readonly name: string;
  readonly templates: string;
  readonly into: string;
}): Promise<readonly string[]> {
  const { kind, name, templates, into } = order;
  if (!CONNECTOR_KINDS.includes(kind)) {
    throw new ConnectorRefused(`There is no template of "${kind}": KIND is one of ${CONNECTOR_KINDS.join(', ')}.`);
  }
  if (!NAME.test(name) || name.length > NAME_LENGTH_MAX || name === TEMPLATE) {
    throw new ConnectorRefused(`"${name}" is no NAME: small letters, digits and single hyphens, such as "acme-pos".`);
  }
  const target = join(into, kind, name);
  if (existsSync(target)) throw new ConnectorRefused(`${kind}/${name} is there already.`);
  const source = join(templates, kind, TEMPLATE);
  const written: string[] = [];
  for (const file of filesBelow(source)) {
    const path = join(target, renamed(relative(source, file), name));
    const config = await resolveConfig(file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await format(renamed(readFileSync(file, 'utf8'), name), { ...config, filepath: path }));
    written.push(relative(into, path));
  }
  return written.sort();
}

/** `Template` stands for AcmePos, `templateX` for acmePosX, and `template` for acme-pos. */
function renamed(text: string, name: string): string {
  const words = name.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const [first = '', ...others] = words;
  const pascal = words.join('');
  const camel = [first.toLowerCase(), ...others].join('');
  return text
    .replaceAll('Template', pascal)
    .replaceAll(/template(?=[A-Z])/g, camel)
    .replaceAll('template', name);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
