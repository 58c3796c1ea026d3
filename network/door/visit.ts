import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import { RpcError, toServiceError } from '../embedded/peer/rpc-error.js';
import { MemberStreams } from './member-streams.js';

export type DoorStream = ServerDuplexStream<Buffer, Buffer>;

/** How long somebody may hold a stream without having said who they are, milliseconds. */
const strangerMs = 30_000;
/** Streams of all of whom that is true. */
const mostStrangers = 1_000;
const nobody = '';

/** The streams through a door: each belongs to the member that it has proved to come from, or to nobody as yet. */
export class Visits {
  readonly #members: MemberStreams;
  readonly #strangers = new MemberStreams(mostStrangers);

  /** @param most streams of one member. */
  constructor(most: number) {
    this.#members = new MemberStreams(most);
  }

  /** Begins to count a stream; whom it belongs to is said later. A stream too many is ended. */
  begin(stream: DoorStream): Visit | undefined {
    const end = this.#strangers.begin(nobody);
    if (end !== undefined) return new Visit(stream, end, (member) => this.#members.begin(member));
    failWith(stream, status.RESOURCE_EXHAUSTED, 'too many streams have not said whose they are');
    return undefined;
  }
}

/** One stream through a door. */
export class Visit {
  readonly #stream: DoorStream;
  readonly #beginOf: (member: string) => (() => void) | undefined;
  readonly #timer: NodeJS.Timeout;
  #end: () => void;
  #member: string | undefined;

  constructor(stream: DoorStream, end: () => void, beginOf: (member: string) => (() => void) | undefined) {
    this.#stream = stream;
    this.#end = end;
    this.#beginOf = beginOf;
    this.#timer = setTimeout(() => {
      failWith(stream, status.UNAUTHENTICATED, 'nobody has signed anything on this stream');
    }, strangerMs).unref();
  }

  /** The stream is this member's from its first envelope on. @returns false when they have too many; it is ended then. */
  belongsTo(member: string): boolean {
    if (this.#member !== undefined) return true;
    const end = this.#beginOf(member);
    if (end === undefined) {
      failWith(this.#stream, status.RESOURCE_EXHAUSTED, `${member} has too many streams open`);
      return false;
    }
    clearTimeout(this.#timer);
    this.#end();
    this.#end = end;
    this.#member = member;
    return true;
  }

  /** The stream is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#end();
  }
}

/** Ends the call with a status, as a server of Fabric does. */
export function failWith(stream: DoorStream, code: status, message: string): void {
  stream.emit('error', toServiceError(new RpcError(code, message)));
}
