import { certificateWords, doors, refusalOf } from './standing.js';
import type { Door, Standing } from './standing.js';
import { personStates } from './person-record.js';

const doorNames: Readonly<Record<Door, string>> = {
  'sign-in': 'sign in',
  invitation: 'accept an invitation',
  'own-secret': 'change the own secret',
  request: 'request',
  stream: 'event stream goes on',
  import: 'import goes on',
};

const wordNames: Readonly<Record<Standing['certificate'], string>> = {
  'in-order': 'in order',
  revoked: 'revoked, by the authority or in the channel',
  unlisted: 'its person deleted at the authority',
  'other-role': 'of another role or enterprise',
  ended: 'over',
};

/** The table of the documentation: who may do what, made from what decides. */
export function standingMarkdown(): string {
  const standings: Standing[] = [
    { state: 'unknown', certificate: 'in-order' },
    ...personStates.map((state) => ({ state, certificate: 'in-order' as const })),
    ...certificateWords
      .filter((certificate) => certificate !== 'in-order')
      .map((certificate) => ({ state: 'active' as const, certificate })),
  ];
  const rows = standings.map((standing) => [
    standing.state,
    wordNames[standing.certificate],
    ...doors.map((door) => (refusalOf(standing, door) === undefined ? 'yes' : 'no')),
  ]);
  const head = ['person', 'certificate', ...doors.map((door) => doorNames[door])];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
