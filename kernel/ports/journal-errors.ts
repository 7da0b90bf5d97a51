import { Defect, Obstacle } from '../model/errors.ts';

/** Another writer has taken over, or this one has lost its place. The process must stop writing and replay. */
export class JournalFenced extends Obstacle {
  constructor(expectedPrev: number, head: number) {
    super('VERSION_CONFLICT', `The journal stands at ${head}, not at ${expectedPrev}.`, { expectedPrev, head });
  }
}

/** The log is not what was acknowledged. Nothing may start on it before a person has looked. */
export class JournalCorrupt extends Defect {}
