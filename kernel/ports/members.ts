/**
 * Which processes answer for something, and where.
 *
 * Guarantees: whoever announces itself is told to every watcher within seconds, and so is whoever leaves in order or is not
 * there any more; without a connection nobody is forgotten. It is a hint all the same: a process that is told may be gone,
 * and one that is not told may still answer.
 */
export interface Members {
  /** Says that this process answers for the services at `url`. @returns says that it does no more */
  announce(services: readonly string[], url: string): () => void;
  /** Calls `listener` with the addresses of all that answer for a service: those that are known at once, and after each change. @returns stops it */
  watch(service: string, listener: (urls: readonly string[]) => void): () => void;
}
