/**
 * How long the server may work on one message. While it works it sees no other, neither that the question was
 * cancelled nor that the text has changed; what takes longer than this is left open, and the next message is read.
 *
 *   turn.begin(); evaluate({ stop: turn.isOver })   ->   ends with "the evaluation took too long"
 */

/**
 * In milliseconds of work: on a busy machine an answer comes later, and is the same. A clan of 5,000 machines takes a
 * third of it; what takes more hardly ever ends.
 */
const LIMIT = 10_000;

export class Turn {
  /** By the clock, and in work. */
  private end = { clock: Number.POSITIVE_INFINITY, worked: Number.POSITIVE_INFINITY };
  private cut = false;

  /** `worked`: how long this process has worked; it takes longer to tell than the clock does. */
  constructor(
    private readonly worked: () => number = () => performance.now(),
    private readonly clock: () => number = () => performance.now(),
  ) {}

  begin(): void {
    this.end = { clock: this.clock() + LIMIT, worked: this.worked() + LIMIT };
    this.cut = false;
  }

  /** Whoever asks ends what it does. */
  readonly isOver = (): boolean => {
    // One thread has worked for no longer than the time that has gone by.
    const isOver = this.clock() > this.end.clock && this.worked() > this.end.worked;
    this.cut ||= isOver;
    return isOver;
  };

  /** Whether something was ended by it: its result is not whole. */
  get isCut(): boolean {
    return this.cut;
  }
}
