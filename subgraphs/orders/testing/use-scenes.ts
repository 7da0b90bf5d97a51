import { afterEach } from '@jest/globals';
import { Scene } from './open-scene.ts';

/** Opens scenes, which are closed after the test that opened them. */
export function useScenes(): () => Promise<Scene> {
  const opened: Scene[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((scene) => scene.close()));
  });
  return async () => {
    const scene = await Scene.open();
    opened.push(scene);
    return scene;
  };
}
