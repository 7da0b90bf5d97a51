import { openTestPlatform } from '../../../../kernel/testing/open-test-platform.ts';
import { orderSearchContract } from '../../testing/order-search.contract.ts';

orderSearchContract('embedded documents', () => openTestPlatform());
