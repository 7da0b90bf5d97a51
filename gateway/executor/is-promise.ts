/** Whether a result is still to come. Some promises here are made by other realms, so their class says nothing. */
export function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return 'then' in value && typeof value.then === 'function';
}
