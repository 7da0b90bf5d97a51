import { afterEach, describe } from '@jest/globals';
import { givenUpCommands } from './given-up-commands.contract.ts';
import { keptCommands } from './kept-commands.contract.ts';
import { orderOfCommands } from './order-of-commands.contract.ts';
import { OutboundBench, type OpenBench, type QueueStorage } from './outbound-bench.ts';
import { searchBeforeCreate } from './search-before-create.contract.ts';
import { submittedCommands } from './submitted-commands.contract.ts';
import { systemOutage } from './system-outage.contract.ts';

/** What the queues promise, over whatever keeps their commands. */
export function outboundContract(name: string, create: () => Promise<QueueStorage>): void {
  describe(`queues of outside systems: ${name}`, () => {
    const benches: OutboundBench[] = [];
    const open: OpenBench = async (options = {}) => {
      const bench = new OutboundBench(await create());
      await bench.start(options);
      benches.push(bench);
      return bench;
    };
    afterEach(async () => {
      await Promise.all(benches.splice(0).map((bench) => bench.close()));
    });
    submittedCommands(open);
    orderOfCommands(open);
    systemOutage(open);
    givenUpCommands(open);
    searchBeforeCreate(open);
    keptCommands(open);
  });
}
