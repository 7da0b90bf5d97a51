import './require-node.cjs';
import { parseArgs } from 'node:util';
import { publishFolder } from './documents/publish-folder.ts';

const USAGE = `Usage: npm run documents -- publish DIR [--out FILE] [--supergraph FILE] [--replace]

Registers the operations of all .graphql files below DIR by their SHA-256, with the plans of the gateway.

  --out FILE         the manifest that is written, and added to when it is there (default DIR/manifest.json)
  --supergraph FILE  whose operations they are (default: the hub's)
  --replace          forgets operations that are no longer there; clients that still use them are refused`;

const EXIT = { faults: 1, wrongArguments: 2 } as const;

function main(): number {
  const { values, positionals } = read();
  const [command, folder, ...rest] = positionals;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (command !== 'publish' || folder === undefined || rest.length > 0) {
    console.error(USAGE);
    return EXIT.wrongArguments;
  }
  const { out, supergraph, replace } = values;
  const { faults, file, operations, added, plans } = publishFolder(folder, {
    ...(out !== undefined && { out }),
    ...(supergraph !== undefined && { supergraph }),
    replace,
  });
  if (faults.length > 0) {
    console.error(`Nothing is published.\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    return EXIT.faults;
  }
  console.log(`${file}: ${operations} operations, ${added} of them new, ${plans} plans.`);
  return 0;
}

function read() {
  const options = {
    out: { type: 'string' },
    supergraph: { type: 'string' },
    replace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    console.error((error as Error).message);
    return { values: { help: false, replace: false, out: undefined, supergraph: undefined }, positionals: [] };
  }
}

process.exitCode = main();
