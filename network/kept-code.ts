import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';

type Body = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  ...place: string[]
) => void;

/**
 * A program of one or a few CommonJS files in one folder, and what V8 has made of each. None may call `import()`, which Node 20
 * does not know in code that was kept.
 */
class Program {
  readonly #modules = new Map<string, { exports: object }>();
  readonly #scripts = new Map<string, vm.Script>();

  load(file: string): object {
    const known = this.#modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.#modules.set(file, module);
    const others = createRequire(file);
    const require = (id: string): unknown =>
      id.startsWith('./') ? this.load(join(dirname(file), id)) : others(id);
    const body = this.#compile(file).runInThisContext() as Body;
    body(module.exports, Object.assign(require, others), module, file, dirname(file));
    return module.exports;
  }

  keep(): void {
    for (const [file, script] of this.#scripts) writeFileSync(keptOf(file), script.createCachedData());
  }

  #compile(file: string): vm.Script {
    const source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
    const script = new vm.Script(
      `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
      { filename: file, cachedData: readKept(file) },
    );
    this.#scripts.set(file, script);
    return script;
  }
}

/**
 * Runs a program, with the code that V8 had made of it when it was built. Without that, or when another version of V8 made
 * it, it is compiled.
 */
export function runProgram(file: string): void {
  new Program().load(file);
}

/** Runs a program, and keeps what V8 has made of it, beside it, at the end of the process. */
export function keepCode(file: string): void {
  const program = new Program();
  process.once('exit', () => {
    program.keep();
  });
  program.load(file);
}

const keptOf = (file: string) => `${file}.code`;

/** Of two sources of one length V8 does not see that they differ: nothing is taken that is older than the source. */
function readKept(file: string): Buffer | undefined {
  try {
    const kept = keptOf(file);
    return statSync(kept).mtimeMs < statSync(file).mtimeMs ? undefined : readFileSync(kept);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
