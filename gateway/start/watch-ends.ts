import type { ApiContext } from '../api/context.js';
import type { TlsDoor } from '../doors/tls-door.js';
import { certificatesInUse } from '../ends/certificates-in-use.js';
import { EndsWatch } from '../ends/ends-watch.js';
import { watchGateway } from '../observe/watch-gateway.js';
import type { DurableStore } from '../storage/durable-store.js';
import { Rounds } from '../time/rounds.js';
import type { CleanUps } from './clean-ups.js';

const hour = 3_600_000;

/** Tells in time of certificates that end. */
export function watchEnds(
  context: ApiContext,
  store: DurableStore,
  tls: TlsDoor | undefined,
  cleanUps: CleanUps,
): void {
  const { log, people } = context;
  const ends = () => certificatesInUse({ ...context, tls });
  watchGateway({ ...context, ends });
  const endsWatch = new EndsWatch({ ends, store, people });
  const rounds = new Rounds(hour, () => endsWatch.look(), log, 'ends of certificates not looked at');
  rounds.start();
  cleanUps.add(() => rounds.stop());
}
