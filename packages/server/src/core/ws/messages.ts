/**
 * Live messages by topic. Publishing never waits for readers: a slow one is told to start afresh.
 * Offsets count up per topic within an `epoch`; a reader that comes back with both gets what it missed.
 */
export interface Messages {
  publish(topic: string, body: unknown): Promise<void>;
  /** Calls `listener` for each message of `topic` published by any process. Returns the function that stops. */
  subscribe(topic: string, listener: (message: Message) => void): () => void;
  /** Messages after `offset`, or undefined when they are no longer (or not in this epoch) kept. */
  replay(topic: string, epoch: string, offset: number): Promise<readonly Message[] | undefined>;
  /** Where a new reader starts. */
  position(topic: string): Promise<{ epoch: string; offset: number }>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Message {
  readonly topic: string;
  readonly epoch: string;
  readonly offset: number;
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly body: unknown;
}

/** A topic and the permission a person needs to listen to it. */
export interface TopicDefinition {
  readonly name: string;
  readonly permission: string;
}
