import { existsSync, readFileSync } from 'node:fs';
import { commandsAndPrograms, helpFile, helpOf } from './programs.js';

describe('the help that needs no build', () => {
  it('is there for every command', () => {
    const commands = commandsAndPrograms().map(([command]) => command);
    expect(commands).toContain('verify-evidence');
    expect(commands.filter((command) => !existsSync(helpFile(command)))).toEqual([]);
  });

  it.each(commandsAndPrograms())(
    'of %s is what the program says: node scripts/dist/help/write.js',
    (command, program) => {
      expect(readFileSync(helpFile(command), 'utf8')).toBe(helpOf(program));
    },
    30_000,
  );
});
