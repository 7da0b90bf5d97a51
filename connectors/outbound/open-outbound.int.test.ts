import { outboundContract } from './testing/outbound.contract.ts';
import { embeddedQueueStorage } from './testing/outbound-bench.ts';

outboundContract('embedded', embeddedQueueStorage);
