import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { holdTheLine } from './last-defence.js';

const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
const program = `
  import { createServer } from 'node:http';
  import { EventEmitter } from 'node:events';
  const { during, holdTheLine } = await import(${here('./last-defence.js')});
  const { createLog } = await import(${here('./log.js')});
  holdTheLine(createLog('info'));
  const faults = {
    '/timer': () => setTimeout(() => { throw new Error('in a timer'); }, 5),
    '/stream': () => setImmediate(() => new EventEmitter().emit('error', new Error('of a stream'))),
    '/promise': () => void Promise.reject(new Error('in a promise')),
  };
  const server = createServer((request, response) => {
    const { method, url } = request;
    const fail = () => response.writeHead(500).end('failed');
    during({ id: 'id-of' + url, msp: 'BankAMSP', method, url, fail }, () => {
      const fault = faults[url];
      if (fault) fault(); else response.end('fine');
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

describe('an error that nobody holds', () => {
  it('ends its own request, with a line that names it, and no other', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const logged: unknown[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => logged.push(JSON.parse(line)));
    try {
      const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      for (const path of ['/timer', '/stream', '/promise']) {
        const failed = await fetch(`http://127.0.0.1:${port}${path}`);
        expect([path, failed.status]).toEqual([path, 500]);
        expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('fine');
      }
    } finally {
      child.kill();
      await once(child, 'close');
    }
    expect(logged).toMatchObject(
      ['/timer', '/stream', '/promise'].map((url) => ({
        id: `id-of${url}`,
        msp: 'BankAMSP',
        url,
        level: 60,
      })),
    );
  }, 30_000);

  it('ends the process when there are too many', () => {
    const source = new EventEmitter();
    let hasGivenUp = false;
    holdTheLine(pino({ level: 'silent' }), () => (hasGivenUp = true), source);
    for (let count = 0; count < 100; count++)
      source.emit('uncaughtException', new Error('again'), 'uncaughtException');
    expect(hasGivenUp).toBe(false);
    source.emit('unhandledRejection', new Error('again'));
    expect(hasGivenUp).toBe(true);
  });
});
