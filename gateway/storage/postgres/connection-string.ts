/** @throws TypeError that does not repeat the text, which holds a password. */
export function assertConnectionString(text: string, source: string): void {
  const protocol = URL.canParse(text) ? new URL(text).protocol : undefined;
  if (protocol === 'postgresql:' || protocol === 'postgres:') return;
  throw new TypeError(
    `${source} holds no connection string of PostgreSQL (postgresql://user:password@host/database).`,
  );
}
