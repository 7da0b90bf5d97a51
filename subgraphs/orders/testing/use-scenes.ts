import { afterEach } from '@jest/globals';
import type { OrdersLimits } from '../app/orders-limits.ts';
import { Scene } from './open-scene.ts';

/** Opens scenes, which are closed after the test that opened them. */
export function useScenes(): (limits?: Partial<OrdersLimits>) => Promise<Scene> {
  const opened: Scene[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((scene) => scene.close()));
  });
  return async (limits) => {
    const scene = await Scene.open(limits);
    opened.push(scene);
    return scene;
  };
}
