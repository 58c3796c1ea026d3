import { useEffect } from 'react';
import { api, content } from '../api/client.js';
import { useSession } from './session.js';

const lookEveryMs = 20_000;
/** Work in one tab of this browser is work in all. */
const tabs = new BroadcastChannel('pledgeonce-activity');

/**
 * The session lasts as long as somebody works: while they do, the gateway is told; when its time is over, the page is
 * covered. What the page does by itself prolongs nothing.
 */
export function useIdle(): void {
  const { own, state, expire } = useSession();
  const endsAt = own?.expiresAt;
  useEffect(() => {
    if (state !== 'in' || endsAt === undefined) return undefined;
    let end = Date.parse(endsAt);
    let worked = false;
    const note = () => {
      worked = true;
    };
    const elsewhere = ({ data }: MessageEvent<number>) => {
      end = Math.max(end, data);
    };
    tabs.addEventListener('message', elsewhere);
    const timer = setInterval(() => {
      if (Date.now() >= end) {
        // News that the page read meanwhile have kept the session alive at the gateway.
        void api.DELETE('/sessions/current').catch(() => undefined);
        expire();
      } else if (worked) {
        worked = false;
        content(api.GET('/sessions/current')).then(
          ({ expiresAt }) => {
            end = Date.parse(expiresAt);
            tabs.postMessage(end);
          },
          () => undefined,
        );
      }
    }, lookEveryMs);
    const signs = ['keydown', 'pointerdown', 'scroll'] as const;
    for (const sign of signs) addEventListener(sign, note, { passive: true });
    return () => {
      clearInterval(timer);
      tabs.removeEventListener('message', elsewhere);
      for (const sign of signs) removeEventListener(sign, note);
    };
  }, [endsAt, state, expire]);
}
