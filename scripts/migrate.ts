import './require-node.cjs';
import { parseArgs } from 'node:util';
import { readNatsSettings } from '../kernel/adapters/nats/read-nats-settings.ts';
import { DomainError } from '../kernel/model/errors.ts';
import { readConfig } from './hub/config.ts';
import { describeStartFailure } from './hub/start-failure.ts';
import { migrateToDistributed } from './migrate/to-distributed.ts';

const USAGE = `Usage: npm run migrate -- --to-distributed [--data DIRECTORY] [--rehearse]

Copies the data of a hub that is stopped to the servers of NATS_URL and MONGODB_URL, reads everything back, and compares
counts and checksums. It can be run again, and goes on where it was interrupted. Without --data it is the configured
data directory.

--rehearse  the directory goes on being used: it is not marked as moved, and a later run brings the copy up to date`;

async function migrate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'to-distributed': { type: 'boolean', default: false },
      rehearse: { type: 'boolean', default: false },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values['to-distributed']) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const faults: string[] = [];
  const nats = readNatsSettings(process.env, faults);
  const mongoUrl = process.env['MONGODB_URL'];
  if (!nats) faults.push('NATS_URL must name the servers.');
  if (mongoUrl === undefined) faults.push('MONGODB_URL must name the database.');
  if (!nats || mongoUrl === undefined || faults.length > 0) {
    for (const fault of faults) console.error(fault);
    process.exitCode = 2;
    return;
  }
  const directory = values.data ?? readConfig(process.env, process.cwd()).dataDirectory;
  const tell = (line: string) => console.log(line);
  await migrateToDistributed({ directory, nats, mongoUrl, isFinal: !values.rehearse, tell });
  const next = values.rehearse ? 'The directory may be used again.' : `${directory} is marked as moved.`;
  console.log(`Everything is there and equal. ${next}`);
}

migrate().catch((error: unknown) => {
  console.error(error instanceof DomainError ? error.message : (describeStartFailure(error) ?? error));
  process.exit(1);
});
