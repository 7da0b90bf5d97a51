import './require-node.cjs';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { DomainError } from '../kernel/model/errors.ts';
import { readConfig } from './hub/config.ts';
import { describeStartFailure } from './hub/start-failure.ts';
import { exportEvents } from './ledger/export-events.ts';
import { rebuild } from './ledger/rebuild.ts';
import { describeReport, verify } from './ledger/verify.ts';

const USAGE = `Usage: npm run ledger -- verify | rebuild | export [--data DIRECTORY] [--out FILE] [--after BATCH]

verify   reads the whole log of the ledger, compares the state, the snapshot and the indexes of facts and of positions
         with it, and names every fault with its place in the log; it mends nothing
rebuild  makes the snapshot and both indexes anew from a sound log
export   writes the events after a batch (default: all) as lines of JSON to a file or to the standard output

The hub must be stopped. Without --data it is the configured data directory.`;

async function ledger(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      after: { type: 'string', default: '0' },
      help: { type: 'boolean' },
    },
  });
  const directory = values.data ?? readConfig(process.env, process.cwd()).dataDirectory;
  const [task] = positionals;
  const after = Number(values.after);
  if (values.help || positionals.length !== 1 || !Number.isSafeInteger(after) || after < 0)
    return printUsage(values.help);
  if (task === 'verify') {
    const report = await verify(directory);
    for (const line of describeReport(report)) console.log(line);
    if (report.faults.length > 0) process.exitCode = 1;
  } else if (task === 'rebuild') {
    console.log(`The snapshot and the indexes now hold the log up to batch ${await rebuild(directory)}.`);
  } else if (task === 'export') {
    const target = values.out === undefined ? process.stdout : createWriteStream(values.out);
    await pipeline(Readable.from(exportEvents(directory, after)), target);
  } else {
    printUsage(false);
  }
}

function printUsage(isAsked: boolean | undefined): void {
  console.log(USAGE);
  process.exitCode = isAsked ? 0 : 2;
}

ledger().catch((error: unknown) => {
  console.error(error instanceof DomainError ? error.message : (describeStartFailure(error) ?? error));
  process.exit(1);
});
