import { parseAs } from '../../kernel/model/json-schema.ts';
import {
  redirectWork,
  releaseWork,
  stopWork,
  type RedirectedWork,
  type RedirectWork,
  type ReleaseWork,
  type StoppedWork,
  type StopWork,
} from '../../schema/commands/outbound.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { Wms } from './port.ts';

/** What a warehouse system does when its queue says so, whatever its vendor. Its port knows a repetition by the key. */
export function workHandlers(wms: Wms): CommandHandlers {
  return {
    [releaseWork.name]: {
      perform: async (payload, { key }) => {
        const work = parseAs<ReleaseWork>(releaseWork.request, payload, releaseWork.name);
        await wms.release({ idempotencyKey: key, ...work });
        return {};
      },
    },
    [stopWork.name]: {
      perform: async (payload): Promise<StoppedWork> => {
        const { order, location } = parseAs<StopWork>(stopWork.request, payload, stopWork.name);
        return { stopped: await wms.cancelRelease(order, location) };
      },
    },
    [redirectWork.name]: {
      perform: async (payload): Promise<RedirectedWork> => {
        const work = parseAs<RedirectWork>(redirectWork.request, payload, redirectWork.name);
        return { redirected: (await wms.redirect?.(work)) ?? 'REFUSED' };
      },
    },
  };
}
