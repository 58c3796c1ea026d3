import { relative } from 'node:path';
import type { OrganisationDescription, StackDescription } from './stack/description.js';

/** The first screen: what one can act on, in the order in which one needs it. */
export function firstScreen(stack: StackDescription): string {
  const width = Math.max(...stack.organisations.map(({ title }) => title.length));
  const bank = stack.organisations.find(({ kind }) => kind === 'bank') ?? stack.organisations[0];
  const state = relative(process.cwd(), stack.state) || '.';
  return [
    '',
    '  Consoles, to open in a browser; development people sign in there by one click:',
    ...stack.organisations.map(({ title, url }) => `  ${title.padEnd(width)}  ${url}`),
    '',
    `  People: ${peopleOf(stack)}`,
    `  Secrets, ports and processes: ${state}/${stack.network}.running.json`,
    `  State: ${state}   Logs: ${state}/logs/${stack.network}   Network: ${stack.discovery}`,
    '  These are development keys and people. Do not use them for anything that matters.',
    '',
    ...(bank === undefined ? [] : ['  Try next: sign in at a bank', `    ${signInCommand(bank)}`, '']),
    '  Stop: Ctrl-C   Start afresh: npm run reset',
    '',
  ].join('\n');
}

/** Organisations mostly have the same people, so those are named once. */
function peopleOf({ organisations }: StackDescription): string {
  const named = (organisation: OrganisationDescription) =>
    organisation.people.map(({ id, role }) => (id === role ? id : `${id} (${role})`)).join(', ');
  const groups = new Map<string, string[]>();
  for (const organisation of organisations) {
    const people = named(organisation);
    groups.set(people, [...(groups.get(people) ?? []), organisation.title]);
  }
  const [common, ...others] = [...groups].sort((a, b) => b[1].length - a[1].length);
  return [common?.[0] ?? '', ...others.map(([people, titles]) => `  ${titles.join(', ')}: ${people}`)].join(
    '\n',
  );
}

function signInCommand(bank: OrganisationDescription): string {
  const officer = bank.people.find(({ role }) => role === 'officer');
  const body = JSON.stringify({ enrolmentId: officer?.id, secret: officer?.secret });
  return `curl -s ${bank.url}/api/v1/sessions -H 'content-type: application/json' -d '${body}'`;
}
