import { writeFileSync } from 'node:fs';
import { commandsAndPrograms, helpFile, helpOf } from './programs.js';

for (const [command, program] of commandsAndPrograms()) writeFileSync(helpFile(command), helpOf(program));
