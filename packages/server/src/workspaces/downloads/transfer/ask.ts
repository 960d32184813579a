import { AppError } from '../../../core/errors.ts';
import { type Answer, factsOf, ifRange, isPage, judge } from './answer.ts';
import type { Block } from './http/blocks.ts';
import { ConnectionLost, type HttpConnection } from './http/connection.ts';
import { ProtocolError, type ResponseHead } from './http/head.ts';
import type { FileIdentity } from './journal.ts';
import type { Range } from './ranges.ts';
import { requestFor, type Target } from './target.ts';
import type { ResponseFacts } from './transfer.ts';

/** Of an answer that is not the file, at most so much is looked at. */
const MAX_COLLECTED = 64 * 1024;

/** How one exchange ended. */
export type Outcome =
  | {
      readonly kind: 'ended';
      readonly answer: Answer;
      readonly facts: ResponseFacts;
      /** That was asked; by now another may be in its place. */
      readonly target: Target;
    }
  /** No answer, or not all of it. `unanswered`: perhaps nobody saw the request. */
  | {
      readonly kind: 'lost';
      readonly reason: string;
      readonly unanswered: boolean;
      readonly reused: boolean;
    }
  | { readonly kind: 'nonsense'; readonly reason: string };

/** Takes the body of a good answer. */
export interface BodySink {
  /** False: it is not wanted after all. */
  begin(answer: Extract<Answer, { kind: 'part' | 'whole' }>, facts: ResponseFacts): boolean;
  body(block: Block, from: number, to: number): void;
  flush(): void;
}

export interface Ask {
  readonly target: Target;
  readonly asked: Range;
  /** Ask for the whole: the server knows no parts. */
  readonly whole: boolean;
  readonly known: FileIdentity | null;
  readonly userAgent: string;
  readonly proxy: URL | null;
  readonly now: () => number;
  readonly onHead?: () => void;
  /** Bytes of any body that came. */
  readonly onReceived: (bytes: number) => void;
  readonly sink: BodySink;
  /** First bytes of an answer that is not the file; they say why. */
  readonly onPage?: (bytes: Buffer, facts: ResponseFacts) => void;
}

/** One request and its answer. @throws nothing but an AppError of the sink */
export async function ask(connection: HttpConnection, options: Ask): Promise<Outcome> {
  const { target, asked, known, sink } = options;
  const reused = connection.exchanges > 0;
  let answer: Answer = { kind: 'invalid', reason: 'no answer' };
  let facts: ResponseFacts | null = null;
  let wanted: 'file' | 'page' | null = null;
  const page: Buffer[] = [];
  let pageBytes = 0;
  let counted = connection.bodyBytes;
  const count = (): void => {
    options.onReceived(connection.bodyBytes - counted);
    counted = connection.bodyBytes;
  };

  const lines = requestFor(target, {
    range: options.whole ? null : `bytes=${asked.start}-${asked.end - 1}`,
    ifRange: known && !options.whole ? ifRange(known) : null,
    userAgent: options.userAgent,
    proxy: options.proxy,
  });
  try {
    await connection.exchange({
      ...lines,
      onHead(head: ResponseHead) {
        options.onHead?.();
        answer = judge(head, asked, known, options.now());
        facts = factsOf(head, target.url.hostname, sizeOf(answer));
        if (answer.kind === 'part' || answer.kind === 'whole') {
          if (sink.begin(answer, facts)) wanted = 'file';
          else if (options.onPage && (known === null || isPage(head))) wanted = 'page';
        }
        return wanted !== null;
      },
      onBody(block, from, to) {
        count();
        if (wanted === 'file') return sink.body(block, from, to);
        page.push(Buffer.from(block.bytes.subarray(from, to)));
        pageBytes += to - from;
        if (pageBytes >= MAX_COLLECTED) connection.abandon();
      },
      onBlockEnd() {
        if (wanted === 'file') sink.flush();
      },
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof ConnectionLost)
      return { kind: 'lost', reason: error.message, unanswered: error.unanswered, reused };
    if (error instanceof ProtocolError) return { kind: 'nonsense', reason: error.message };
    throw error;
  } finally {
    count();
  }
  if (wanted === 'page') options.onPage!(Buffer.concat(page).subarray(0, 1 << 20), facts!);
  return { kind: 'ended', answer, facts: facts!, target };
}

function sizeOf(answer: Answer): number | null {
  if (answer.kind === 'part') return answer.identity.sizeBytes;
  return answer.kind === 'whole' ? answer.sizeBytes : null;
}
