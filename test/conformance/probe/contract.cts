import { Contract, type Context } from 'fabric-contract-api';
import { perform } from './perform.cjs';
import { keepOffers } from './peer-offer.cjs';
import type { Answer, Step } from './steps.cjs';

keepOffers();

/**
 * A chaincode that does whatever its caller writes down: a probe sends a list of steps, each one call of the stub or
 * one message to the peer, and receives what each of them answered. So a probe shows on one page both what happens and
 * what is expected.
 */
export class Probe extends Contract {
  /** Performs the steps in order; the first one that fails fails the transaction, unless it is a `try`. */
  async run(context: Context, program: string): Promise<string> {
    const answers: Answer[] = [];
    for (const step of JSON.parse(program) as Step[]) {
      answers.push(await perform(context.stub, step));
    }
    return JSON.stringify(answers);
  }

  /** Answers the stub's own view of its arguments, which `run` would hide. */
  describeArguments(context: Context, ..._ignored: string[]): string {
    return JSON.stringify(context.stub.getArgs());
  }
}

/** What the chaincode server looks for in a package. */
export const contracts = [Probe];
