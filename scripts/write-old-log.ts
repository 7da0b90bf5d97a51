import './require-node.cjs';
import { writeOldLog } from '../subgraphs/inventory/testing/old-log.ts';

/* At a release: keeps a log as this version writes it, for every later version to read. */

const [version] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
  console.error('Usage: node scripts/write-old-log.ts VERSION');
  process.exit(2);
}
await writeOldLog(version ?? '', Date.now() % 1_000_000);
