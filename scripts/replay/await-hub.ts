/** How long nothing may move before the hub counts as stuck, unless the caller says otherwise. */
const IDLE_MS_MAX = 30_000;
const ASK_AGAIN_MS = 100;

/**
 * Asks until the answer is `done`.
 * @throws {Error} naming what was waited for when the progress has not changed for `idleMsMax`
 */
export async function awaitProgress(
  what: string,
  ask: () => Promise<{ readonly done: boolean; readonly progress: string | number }>,
  idleMsMax = IDLE_MS_MAX,
): Promise<void> {
  let lastProgress: string | number | undefined;
  let movedMs = performance.now();
  for (;;) {
    const { done, progress } = await ask();
    if (done) return;
    const nowMs = performance.now();
    if (progress !== lastProgress) [lastProgress, movedMs] = [progress, nowMs];
    if (nowMs - movedMs > idleMsMax) throw new Error(`Waited in vain for ${what}: it stands at ${progress}.`);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}
