import { Obstacle } from '../model/errors.ts';

/** Somebody else saved the document in between; read it again and decide anew. */
export class DocumentConflict extends Obstacle {
  constructor(collection: string, id: string, expectedVersion: number) {
    super('VERSION_CONFLICT', `${collection} ${id} is no longer at version ${expectedVersion}.`, {
      collection,
      id,
      expectedVersion,
    });
  }
}

/** Another document already has these values of a unique index. */
export class UniqueViolation extends Obstacle {
  constructor(collection: string, paths: readonly string[]) {
    super('VERSION_CONFLICT', `Another document of ${collection} has the same ${paths.join(', ')}.`, {
      collection,
      paths,
    });
  }
}
