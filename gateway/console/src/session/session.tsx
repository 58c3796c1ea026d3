import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { paths } from '@pledgeonce/client';
import { api, content, onExpired } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import { clearDrafts } from '../ui/form/draft.js';
import { useLanguage } from '../i18n/language.js';

type Answer = paths['/sessions/current']['get']['responses'][200]['content']['application/json'];
/** Who is signed in, for whom, and what they may do. */
export type Own = Answer;

type State = 'asking' | 'out' | 'in' | 'expired';

interface Session {
  readonly state: State;
  readonly own: Own | undefined;
  readonly signIn: (enrolmentId: string, secret: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
  readonly expire: () => void;
  /** Somebody else wants to sign in where a session has expired. */
  readonly leave: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);
/** Tells the other tabs of this browser. */
const channel = new BroadcastChannel('pledgeonce-session');

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('There is no session here.');
  return session;
}

/** Whoever is signed in; for what is shown to them only. */
export function useOwn(): Own {
  const { own } = useSession();
  if (own === undefined) throw new Error('Nobody is signed in here.');
  return own;
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [{ state, own }, set] = useState<{ state: State; own: Own | undefined }>({
    state: 'asking',
    own: undefined,
  });
  const queries = useQueryClient();
  const { choose, hasChosen } = useLanguage();

  const enter = useCallback(
    async (answer: Own) => {
      if (!hasChosen()) await choose(answer.language);
      set({ state: 'in', own: answer });
    },
    [choose, hasChosen],
  );
  const leave = useCallback(() => {
    clearDrafts();
    queries.clear();
    set({ state: 'out', own: undefined });
  }, [queries]);
  // What was typed stays where it is; what was read goes from memory.
  const expire = useCallback(() => {
    set((now) => (now.state === 'in' ? { ...now, state: 'expired' } : now));
  }, []);

  useEffect(() => {
    content(api.GET('/sessions/current')).then(enter, (error: unknown) => {
      if (!(error instanceof ApiProblem) || error.status !== 401)
        console.warn('The gateway does not answer.');
      set({ state: 'out', own: undefined });
    });
  }, [enter]);
  useEffect(() => onExpired(expire), [expire]);
  useOtherTabs(leave);

  const signIn = useCallback(
    async (enrolmentId: string, secret: string) => {
      const answer = await content(api.POST('/sessions/browser', { body: { enrolmentId, secret } }));
      if (own !== undefined && own.person.id !== answer.person.id) {
        clearDrafts();
        queries.clear();
      }
      await queries.invalidateQueries();
      await enter(answer);
    },
    [own, queries, enter],
  );
  const signOut = useCallback(async () => {
    await content(api.DELETE('/sessions/current')).catch(() => undefined);
    channel.postMessage('signed-out');
    leave();
  }, [leave]);

  const session = useMemo(
    () => ({ state, own, signIn, signOut, expire, leave }),
    [state, own, signIn, signOut, expire, leave],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Whoever signs out of one tab has signed out of all. */
function useOtherTabs(leave: () => void): void {
  useEffect(() => {
    const told = ({ data }: MessageEvent<unknown>) => {
      if (data === 'signed-out') leave();
    };
    channel.addEventListener('message', told);
    return () => {
      channel.removeEventListener('message', told);
    };
  }, [leave]);
}
