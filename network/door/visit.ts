import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import { RpcError, toServiceError } from '../embedded/peer/rpc-error.js';
import { MemberStreams } from './member-streams.js';

export type TooMany = (mspId: string | undefined, info: string) => void;
export type DoorStream = ServerDuplexStream<Buffer, Buffer>;

/** How long somebody may hold a stream without having said who they are, milliseconds. */
const strangerMs = 30_000;
/** Streams of all of whom that is true. */
export const mostStrangers = 1_000;

/** The streams through a door: each belongs to the member that it has proved to come from, or to nobody as yet. */
export class Visits {
  readonly #members: MemberStreams;
  /** Nobody's, the oldest first. */
  readonly #strangers = new Set<Visit>();
  readonly #tooMany: TooMany;

  /**
   * @param most streams of one member.
   * @param tooMany told whose stream was one too many; nobody's where nobody has said whose it is.
   */
  constructor(most: number, tooMany: TooMany) {
    this.#members = new MemberStreams(most);
    this.#tooMany = tooMany;
  }

  /**
   * Begins to count a stream; whom it belongs to is said later. Where too many have not said it the oldest of them ends:
   * members say it at once, so whoever opens streams and keeps silent drives out nobody but themselves.
   */
  begin(stream: DoorStream): Visit {
    const end = () => this.#strangers.delete(visit);
    const visit: Visit = new Visit(stream, this.#members, { end, tooMany: this.#tooMany });
    this.#strangers.add(visit);
    const [oldest] = this.#strangers;
    if (this.#strangers.size > mostStrangers) {
      const info = 'too many streams have not said whose they are';
      this.#tooMany(undefined, info);
      oldest?.refuse(status.RESOURCE_EXHAUSTED, info);
    }
    return visit;
  }
}

/** One stream through a door. */
export class Visit {
  readonly #stream: DoorStream;
  readonly #members: MemberStreams;
  readonly #timer: NodeJS.Timeout;
  readonly #tooMany: TooMany;
  #end: () => unknown;
  #isMembers = false;

  /** @param counted `end` ends to count it as nobody's; `tooMany` is told when its member has too many. */
  constructor(
    stream: DoorStream,
    members: MemberStreams,
    counted: { readonly end: () => unknown; readonly tooMany: TooMany },
  ) {
    this.#stream = stream;
    this.#members = members;
    this.#end = counted.end;
    this.#tooMany = counted.tooMany;
    this.#timer = setTimeout(() => {
      this.refuse(status.UNAUTHENTICATED, 'nobody has signed anything on this stream');
    }, strangerMs).unref();
  }

  /** The stream is this member's from its first envelope on. @returns false when they have too many; it is ended then. */
  belongsTo(member: string): boolean {
    if (this.#isMembers) return true;
    const end = this.#members.begin(member);
    if (end === undefined) {
      const info = `${member} has too many streams open`;
      this.#tooMany(member, info);
      this.refuse(status.RESOURCE_EXHAUSTED, info);
      return false;
    }
    this.end();
    this.#end = end;
    this.#isMembers = true;
    return true;
  }

  /** Ends the stream with a status, as a server of Fabric does. */
  refuse(code: status, message: string): void {
    this.end();
    this.#stream.emit('error', toServiceError(new RpcError(code, message)));
  }

  /** The stream is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#end();
  }
}
