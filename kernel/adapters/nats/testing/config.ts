/** How tests with a real NATS server are set: NATS_URL, NATS_SERVER, and where programs are kept. */
export interface NatsTestConfig {
  /** A server that is running already; absent: each suite starts its own. */
  readonly url?: string;
  /** The program to start. */
  readonly binary?: string;
  readonly path: string;
  readonly cacheFolder?: string;
}

export function natsTestConfig(env: Readonly<Record<string, string | undefined>> = process.env): NatsTestConfig {
  const { NATS_URL: url, NATS_SERVER: binary, PATH: path = '', XDG_CACHE_HOME: cacheFolder } = env;
  return {
    path,
    ...(url !== undefined && { url }),
    ...(binary !== undefined && { binary }),
    ...(cacheFolder !== undefined && { cacheFolder }),
  };
}
