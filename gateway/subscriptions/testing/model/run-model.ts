import fc from 'fast-check';
import { openScene, SCENE_COMMANDS, settle, type SceneCommand } from './model-commands.ts';
import type { ModelHubOptions } from './model-hub.ts';

/** Long runs: a client has to come, see something, lose its way and come again. */
const commands = fc.commands([...SCENE_COMMANDS], { maxCommands: 100, size: 'max' });

/**
 * Whatever is done to clients, gateways, feeds and owners: every frame fits what the owner has recorded, and in the end
 * each client knows what there is.
 */
export function gatewayModel(options: ModelHubOptions): fc.IAsyncProperty<[Iterable<SceneCommand>]> {
  return fc.asyncProperty(commands, async (each) => {
    const scene = await openScene(options);
    const { hub, clients } = scene.real;
    try {
      await fc.asyncModelRun(() => scene, each);
      await settle(scene.real);
      const faults = clients.flatMap((client, index) => [
        ...client.faults.map((fault) => `${index}: ${fault}`),
        ...(client.isUpToDate ? [] : [`${index}: does not know the present`]),
      ]);
      if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));
    } finally {
      await hub.close();
    }
  });
}
