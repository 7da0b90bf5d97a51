import { join } from 'node:path';
import { CONNECTOR_KINDS, ConnectorRefused, createConnector } from './connector/create-connector.ts';

const USAGE = `npm run connector -- new KIND NAME

KIND  ${CONNECTOR_KINDS.join(', ')}
NAME  small letters, digits and hyphens, such as acme-pos

Makes connectors/KIND/NAME with an adapter, a fake of the vendor that it runs against, and the suite of the port over both.`;

const CONNECTORS = join(import.meta.dirname, '../connectors');

const [command, kind = '', name = '', ...more] = process.argv.slice(2);

if (command !== 'new' || name === '' || more.length > 0) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  await make();
}

async function make(): Promise<void> {
  try {
    const files = await createConnector({ kind, name, templates: CONNECTORS, into: CONNECTORS });
    console.log(files.map((file) => `connectors/${file}`).join('\n'));
    console.log(`
The suite of the port runs over it at once:
  npm test -- connectors/${kind}/${name}
The file of systems (STOCKWIRE_SYSTEMS) may name it now, because it has a vendor.ts:
  { "kind": "${kind}", "vendor": "${name}", "system": "${kind}-${name}", "baseUrl": "http://127.0.0.1:PORT", ... }
The vendor, as long as there is no other, is played by:
  npx node connectors/${kind}/${name}/testing/play-${name}.ts
How to go on stands in docs/connectors.md.`);
  } catch (error) {
    if (!(error instanceof ConnectorRefused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
